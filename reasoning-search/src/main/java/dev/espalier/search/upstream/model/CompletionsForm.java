package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI's older completions: a text that the model goes on with. */
final class CompletionsForm implements PromptForm {

  static final String TEMPLATE =
      """
      Solve the problem step by step, every step a short paragraph. \
      Put the final answer in \\boxed{}.

      Problem: {problem}

      Solution:

      {steps}""";

  private final String template;

  CompletionsForm(@Nullable String template) {
    this.template = template == null ? TEMPLATE : template;
  }

  @Override
  public String path() {
    return "/completions";
  }

  @Override
  public void ask(ObjectNode request, String problem, List<String> steps) {
    StringBuilder soFar = new StringBuilder();
    steps.forEach(step -> soFar.append(RawPrompt.data(step)).append(ChoiceReader.DELIMITER));
    request.put("prompt", RawPrompt.of(template, problem, soFar.toString()));
  }

  @Override
  public void askForLogprobs(ObjectNode request) {
    request.put("logprobs", 1);
  }

  @Override
  public JsonNode text(JsonNode choice) {
    return choice.path("text");
  }

  @Override
  public List<JsonNode> logProbabilities(JsonNode choice) {
    JsonNode logprobs = choice.path("logprobs");
    List<JsonNode> tokens = new ArrayList<>();
    logprobs.path("token_logprobs").forEach(tokens::add);
    // llama.cpp has them here as with chat completions.
    logprobs.path("content").forEach(token -> tokens.add(token.path("logprob")));
    return tokens;
  }
}
