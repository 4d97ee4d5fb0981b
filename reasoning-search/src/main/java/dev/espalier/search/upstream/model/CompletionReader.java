package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.upstream.http.Answer;
import dev.espalier.search.upstream.http.MalformedAnswerException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the answer of a language model to a request for steps.
 *
 * @param request as it was sent
 * @param soFar the steps before, joined
 * @param asked how many samples
 * @param maxTokens that the request allowed a sample
 */
record CompletionReader(PromptForm form, String request, String soFar, int asked, int maxTokens) {

  /**
   * @param candidates the usable ones; none where the model has nothing more to say
   * @param choices how many samples came, usable or not
   */
  record Samples(List<Candidate> candidates, int choices) {}

  Answer<Samples> read(String body) {
    JsonNode answer = Json.read(body);
    JsonNode choices = answer.path("choices");
    if (!choices.isArray() || choices.isEmpty()) {
      throw new MalformedAnswerException(
          "answered something else than choices", usage(answer, body, 0));
    }
    List<Choice> read = new ArrayList<>();
    StringBuilder written = new StringBuilder();
    long counted = 0;
    boolean isCounted = true;
    for (JsonNode choice : choices) {
      if (read.size() == asked) {
        break;
      }
      JsonNode text = form.text(choice);
      List<JsonNode> tokens = form.logProbabilities(choice);
      String said = ChoiceReader.withoutEcho(text.asText(""), soFar);
      written.append(said);
      counted += tokens.size();
      isCounted &= said.isEmpty() || !tokens.isEmpty();
      read.add(ChoiceReader.read(choice, text, LogProbability.mean(tokens), soFar));
    }
    Usage usage = usage(answer, written.toString(), isCounted ? counted : 0);
    List<Candidate> candidates = candidates(read, usage.completionTokens());
    if (candidates.isEmpty()) {
      checkThatItIsTheEnd(read, usage);
    }
    return new Answer<>(new Samples(candidates, read.size()), usage, candidates);
  }

  /** Nothing more to say is an answer after a step, and not before the first. */
  private void checkThatItIsTheEnd(List<Choice> choices, Usage usage) {
    if (choices.stream().anyMatch(Choice.Refused.class::isInstance)) {
      throw new MalformedAnswerException("upstream.refused", "would not answer", usage);
    }
    if (soFar.isEmpty() || choices.stream().anyMatch(Choice.Malformed.class::isInstance)) {
      throw new MalformedAnswerException("answered without a readable step", usage);
    }
  }

  private Usage usage(JsonNode answer, String written, long counted) {
    return ReportedUsage.of(
        answer.path("usage"), request, written, counted, (long) asked * maxTokens);
  }

  /** Every choice gets its share of the tokens by its length, so that the shares sum up. */
  private static List<Candidate> candidates(List<Choice> choices, long tokens) {
    long length = Math.max(1, choices.stream().mapToLong(Choice::length).sum());
    List<Candidate> candidates = new ArrayList<>();
    long before = 0;
    for (Choice choice : choices) {
      long share = (before + choice.length()) * tokens / length - before * tokens / length;
      before += choice.length();
      if (choice instanceof Choice.Step step) {
        candidates.add(
            new Candidate(
                step.text(), step.logProbability(), (int) share, step.isTerminal(), null));
      }
    }
    return candidates;
  }
}
