package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.upstream.http.Answer;
import dev.espalier.search.upstream.http.MalformedAnswerException;
import dev.espalier.search.upstream.http.UpstreamClient;
import dev.espalier.search.upstream.http.UpstreamRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A process reward model behind HTTP, asked once for all representatives: vLLM's {@code /pooling}
 * with one text each, or {@code /score} with the problem and the steps so far against each.
 */
public final class PrmScorer implements StepScorer {

  /** What Qwen2.5-Math-PRM was trained on. */
  static final String TEMPLATE =
      """
      <|im_start|>system
      Please reason step by step, and put your final answer within \\boxed{}.<|im_end|>
      <|im_start|>user
      {problem}<|im_end|>
      <|im_start|>assistant
      {steps}<|im_end|><|endoftext|>""";

  private final UpstreamClient client;
  private final boolean isPooling;
  private final String model;
  private final Dialect dialect;
  private final Price price;

  private PrmScorer(
      UpstreamClient client, boolean isPooling, String model, Dialect dialect, Price price) {
    this.client = client;
    this.isPooling = isPooling;
    this.model = model;
    this.dialect = dialect;
    this.price = price;
  }

  /** Over {@code /pooling}. */
  public static PrmScorer pooling(
      UpstreamClient client, String model, Dialect dialect, Price price) {
    return new PrmScorer(client, true, model, dialect, price);
  }

  /** Over {@code /score}. */
  public static PrmScorer score(UpstreamClient client, String model, Dialect dialect, Price price) {
    return new PrmScorer(client, false, model, dialect, price);
  }

  @Override
  public List<Double> score(String problem, Need.Score need, CallContext context) {
    String body = body(problem, need);
    Usage atMost = new Usage(TokenEstimate.of(body), 0, true);
    String path = isPooling ? "/pooling" : "/score";
    return client.call(
        new UpstreamRequest(CallKind.SCORE, path, body, atMost, price),
        context,
        answer -> read(answer, body, need.representatives().size()));
  }

  @Override
  public boolean isFree() {
    return false;
  }

  private String body(String problem, Need.Score need) {
    ObjectNode request = Json.MAPPER.createObjectNode();
    request.put("model", model);
    if (isPooling) {
      ArrayNode texts = request.putArray("input");
      need.representatives().forEach(step -> texts.add(text(problem, need.steps(), step)));
      return request.toString();
    }
    List<String> before = new ArrayList<>(List.of(problem));
    before.addAll(need.steps());
    request.put("text_1", String.join(ChoiceReader.DELIMITER, before));
    ArrayNode texts = request.putArray("text_2");
    need.representatives().forEach(step -> texts.add(step.text()));
    return request.toString();
  }

  private String text(String problem, List<String> steps, Candidate last) {
    StringBuilder tagged = new StringBuilder();
    steps.forEach(step -> tagged.append(untagged(step)).append(dialect.stepTag()));
    tagged.append(untagged(last.text())).append(dialect.stepTag());
    String template = dialect.template() == null ? TEMPLATE : dialect.template();
    return RawPrompt.of(template, untagged(problem), tagged.toString());
  }

  /** A text with a tag of its own would have one more score than we count. */
  private String untagged(String text) {
    return RawPrompt.data(text.replace(dialect.stepTag(), " "));
  }

  private Answer<List<Double>> read(String body, String sent, int count) {
    JsonNode answer = Json.read(body);
    Usage usage = ReportedUsage.of(answer.path("usage"), sent, "", 0, 0);
    Double[] scores = new Double[count];
    int position = 0;
    for (JsonNode item : answer.path("data")) {
      int index = item.path("index").asInt(position++);
      OptionalDouble score =
          ScoreVector.last(item.path(isPooling ? "data" : "score"), dialect.givesLogits());
      if (index < 0 || index >= count || scores[index] != null || score.isEmpty()) {
        throw new MalformedAnswerException("gave a score that is none", usage);
      }
      scores[index] = score.getAsDouble();
    }
    if (Arrays.asList(scores).contains(null)) {
      throw new MalformedAnswerException("gave too few scores", usage);
    }
    return new Answer<>(List.of(scores), usage);
  }
}
