package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.api.BodyReader;
import dev.espalier.gateway.api.ClientTimeout;
import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.config.ModelsConfig;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.upstream.llm.Cancellation;
import dev.espalier.gateway.upstream.llm.ModelCalls;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Requests to models in the form of OpenAI, for whoever was let in. */
@Singleton
final class ModelApi {

  private final ModelCalls models;
  private final Chats chats;
  private final Embeddings embeddings;
  private final Rerank rerank;
  private final Responses responses;
  private final BodyReader bodies;

  @Inject
  ModelApi(
      ModelCalls models,
      Chats chats,
      Embeddings embeddings,
      Rerank rerank,
      Responses responses,
      GatewayConfig gateway,
      ModelsConfig config) {
    this.models = models;
    this.chats = chats;
    this.embeddings = embeddings;
    this.rerank = rerank;
    this.responses = responses;
    this.bodies =
        new BodyReader(
            Math.min(
                gateway.maxBodySize().asLongValue(), config.llm().maxRequestSize().asLongValue()));
  }

  /** Reads the body, up to the limit. */
  Handler<RoutingContext> bodies() {
    return bodies;
  }

  void chat(RoutingContext context, Caller caller) {
    JsonObject body = RequestJson.read(context);
    ChatRequest.checkChat(body);
    ChatTurn turn = turn(context, caller, body);
    Optional<MemoryWish> wish = MemoryWish.of(context.request().headers(), body);
    if (turn.isStream()) {
      chats.stream(turn, wish)
          .onSuccess(answer -> Answers.stream(context, answer))
          .onFailure(context::fail);
    } else {
      chats
          .whole(turn, wish)
          .onSuccess(answer -> Answers.whole(context, answer))
          .onFailure(context::fail);
    }
  }

  void respond(RoutingContext context, Caller caller) {
    JsonObject body = RequestJson.read(context);
    responses.answer(context, body, turn(context, caller, ResponsesRequest.toChat(body)));
  }

  /** For our own services: a model and nothing around it. */
  void plainChat(RoutingContext context, Caller caller) {
    JsonObject body = RequestJson.read(context);
    ChatRequest.checkChat(body);
    answer(context, turn(context, caller, body), Operation.CHAT);
  }

  void embed(RoutingContext context, Caller caller) {
    embeddings.answer(context, turn(context, caller, RequestJson.read(context)));
  }

  void rerank(RoutingContext context, Caller caller) {
    rerank.answer(context, turn(context, caller, RequestJson.read(context)));
  }

  void completion(RoutingContext context, Caller caller) {
    JsonObject body = RequestJson.read(context);
    ChatRequest.checkCompletion(body);
    answer(context, turn(context, caller, body), Operation.COMPLETIONS);
  }

  private void answer(RoutingContext context, ChatTurn turn, Operation operation) {
    if (turn.isStream()) {
      models.stream(turn.toCall(operation))
          .onSuccess(answer -> Answers.stream(context, answer))
          .onFailure(context::fail);
    } else {
      models
          .whole(turn.toCall(operation))
          .onSuccess(answer -> Answers.whole(context, answer))
          .onFailure(context::fail);
    }
  }

  static ChatTurn turn(RoutingContext context, Caller caller, JsonObject body) {
    return new ChatTurn(
        caller,
        Visit.of(context).requestId(),
        body,
        patience(context.request().headers(), caller).map(Instant.now()::plus),
        cancellation(context));
  }

  /** Our own services say in a header of ours how long there is time. */
  private static Optional<Duration> patience(MultiMap headers, Caller caller) {
    return ClientTimeout.of(headers)
        .or(
            () ->
                caller.may(Scope.INTERNAL)
                    ? ClientTimeout.read(headers, RequestContext.TIMEOUT_HEADER)
                    : Optional.empty());
  }

  /** A client that leaves takes its call with it. */
  static Cancellation cancellation(RoutingContext context) {
    Cancellation cancellation = new Cancellation();
    context.addEndHandler(
        end -> {
          if (!context.response().ended()) {
            cancellation.cancel();
          }
        });
    return cancellation;
  }
}
