package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.api.GatewayProblems;
import dev.espalier.gateway.config.ParsedModels;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Spending;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.gateway.upstream.Stages;
import dev.espalier.gateway.upstream.llm.AnswerStream;
import dev.espalier.gateway.upstream.llm.UsageBody;
import dev.espalier.gateway.upstream.llm.WholeAnswer;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Reasoning searches as chat models, {@code search/<name>}: the last message of the user is the
 * problem. The models that a search asks are paid for where it asks them; here only a request is
 * counted.
 */
@Singleton
final class SearchModels {

  static final String PREFIX = "search/";

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Map<String, JsonObject> searches;
  private final ServiceCalls services;
  private final Spending spending;
  private final Vertx vertx;

  @Inject
  SearchModels(ParsedModels configured, ServiceCalls services, Spending spending, Vertx vertx) {
    this.searches = configured.searches();
    this.services = services;
    this.spending = spending;
    this.vertx = vertx;
  }

  Future<AnswerStream> stream(ChatTurn turn) {
    if (!turn.caller().may(Scope.SEARCH)) {
      return Future.failedFuture(new ProblemException(GatewayProblems.scopeMissing(Scope.SEARCH)));
    }
    JsonObject preset = searches.get(turn.model().substring(PREFIX.length()));
    if (preset == null) {
      return Future.failedFuture(
          new ProblemException(
              new Problem(
                  404,
                  "model.not_found",
                  "There is no such model",
                  turn.model(),
                  false,
                  Map.of("param", "model"))));
    }
    String problem = MessageText.lastOfUser(turn.body().getJsonArray("messages"));
    if (problem.isBlank()) {
      throw Members.invalid("messages", "the last message of the user is the problem, as text");
    }
    Instant deadline = turn.deadline().orElseGet(() -> Instant.now().plus(PATIENCE));
    return Stages.future(
            spending.reserve(
                turn.caller(), turn.requestId(), "search", turn.model(), Charge.NOTHING),
            vertx.getOrCreateContext())
        .compose(
            reservation ->
                start(turn, preset.copy().put("problem", problem), deadline)
                    .onFailure(e -> reservation.settle(Charge.NOTHING, false, "failed"))
                    .onSuccess(e -> reservation.settle(Charge.NOTHING, false, "completed")));
  }

  Future<WholeAnswer> whole(ChatTurn turn) {
    StringBuilder content = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    StringBuilder finish = new StringBuilder();
    return stream(turn)
        .compose(
            answer ->
                answer
                    .read(
                        chunk -> {
                          JsonObject choice = chunk.json().getJsonArray("choices").getJsonObject(0);
                          JsonObject delta = choice.getJsonObject("delta");
                          content.append(delta.getString("content", ""));
                          reasoning.append(delta.getString("reasoning_content", ""));
                          String reason = choice.getString("finish_reason");
                          finish.append(reason == null ? "" : reason);
                        })
                    .map(
                        usage -> {
                          JsonObject body =
                              new ChatChunk(
                                      "chatcmpl-" + turn.requestId(),
                                      Instant.now().getEpochSecond(),
                                      turn.model())
                                  .whole(
                                      new JsonObject()
                                          .put("role", "assistant")
                                          .put("content", content.toString())
                                          .put("reasoning_content", reasoning.toString())
                                          .put("refusal", null),
                                      finish.toString(),
                                      UsageBody.of(usage));
                          return new WholeAnswer(body.toBuffer(), body, usage, answer.headers());
                        }));
  }

  private Future<AnswerStream> start(ChatTurn turn, JsonObject search, Instant deadline) {
    return services
        .call(
            "reasoning",
            HttpMethod.POST,
            "/v1/searches",
            search,
            new RequestContext(turn.caller().tenant(), turn.requestId(), deadline))
        .map(
            answer -> {
              String id = answer.json().getString("id");
              if (id == null) {
                throw new ProblemException(
                    Problem.of(ErrorCode.UPSTREAM_FAILED, "the search has no id"));
              }
              return new SearchStream(turn, id, deadline, services, vertx);
            });
  }
}
