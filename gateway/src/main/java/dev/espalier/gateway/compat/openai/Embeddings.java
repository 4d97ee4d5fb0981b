package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.core.llm.Tokens;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Spending;
import dev.espalier.gateway.embed.LocalEncoder;
import dev.espalier.gateway.upstream.Stages;
import dev.espalier.gateway.upstream.llm.ModelCalls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Vectors of texts, from the model in this process or from an upstream that has the model. */
@Singleton
final class Embeddings {

  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int MAX_INPUTS = 2048;

  private static final Members MEMBERS =
      new Members()
          .rule(
              "encoding_format",
              format -> format.equals("float") || format.equals("base64"),
              "float or base64")
          .rule(
              "input_type",
              type -> type.equals("query") || type.equals("passage"),
              "query or passage")
          .whole("dimensions", 1, 100_000)
          .text("user");

  private final ModelCalls models;
  private final LocalEncoder encoder;
  private final Spending spending;
  private final Vertx vertx;

  @Inject
  Embeddings(ModelCalls models, LocalEncoder encoder, Spending spending, Vertx vertx) {
    this.models = models;
    this.encoder = encoder;
    this.spending = spending;
    this.vertx = vertx;
  }

  void answer(RoutingContext context, ChatTurn turn) {
    ChatRequest.checkModel(turn.body());
    MEMBERS.check(turn.body());
    List<String> texts = texts(turn.body());
    if (!turn.model().equals(LocalEncoder.MODEL)) {
      models
          .whole(turn.toCall(Operation.EMBEDDINGS))
          .onSuccess(answer -> Answers.whole(context, answer))
          .onFailure(context::fail);
      return;
    }
    Integer dimensions = turn.body().getInteger("dimensions");
    if (dimensions != null && dimensions != LocalEncoder.DIMENSIONS) {
      throw Members.invalid(
          "dimensions", LocalEncoder.MODEL + " has " + LocalEncoder.DIMENSIONS + " dimensions");
    }
    boolean isPassage = "passage".equals(turn.body().getString("input_type"));
    String prefix = isPassage ? LocalEncoder.PASSAGE : LocalEncoder.QUERY;
    boolean isBase64 = "base64".equals(turn.body().getString("encoding_format"));
    long tokens = texts.stream().mapToLong(text -> Tokens.likely(Tokens.bytes(text))).sum();
    encode(turn, Operation.EMBEDDINGS, texts.stream().map(prefix::concat).toList(), tokens)
        .onSuccess(
            encoded ->
                Answers.json(
                    context,
                    encoded.headers(),
                    VectorBody.of(encoded.vectors(), isBase64, LocalEncoder.MODEL, tokens)))
        .onFailure(context::fail);
  }

  /** Vectors, and what the client is told about its limits. */
  record Encoded(List<float[]> vectors, Map<String, String> headers) {}

  /** Encodes within the limits of the key, on the context of the request. */
  Future<Encoded> encode(ChatTurn turn, Operation operation, List<String> texts, long tokens) {
    Charge charge = new Charge(tokens, 0, 0);
    Instant deadline = turn.deadline().orElseGet(() -> Instant.now().plus(PATIENCE));
    return Stages.future(
            spending.reserve(
                turn.caller(), turn.requestId(), operation.wireName(), turn.model(), charge),
            vertx.getOrCreateContext())
        .compose(
            reservation ->
                encoder
                    .encode(texts, deadline, turn.cancellation()::isCancelled)
                    .onSuccess(done -> reservation.settle(charge, true, "completed"))
                    .onFailure(
                        failure ->
                            reservation.settle(
                                Charge.NOTHING,
                                true,
                                turn.cancellation().isCancelled() ? "cancelled" : "failed"))
                    .map(vectors -> new Encoded(vectors, reservation.headers())));
  }

  private static List<String> texts(JsonObject body) {
    Object input = body.getValue("input");
    if (input instanceof String text && !text.isEmpty()) {
      return List.of(text);
    }
    boolean isList =
        input instanceof JsonArray list
            && !list.isEmpty()
            && list.size() <= MAX_INPUTS
            && list.stream().allMatch(item -> item instanceof String text && !text.isEmpty());
    if (!isList) {
      throw Members.invalid(
          "input",
          "input must be a text or a list of 1 to "
              + MAX_INPUTS
              + " texts, none of them empty; token numbers are not taken");
    }
    return ((JsonArray) input).stream().map(String.class::cast).toList();
  }
}
