package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.api.ClientTimeout;
import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.config.ModelsConfig;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.upstream.llm.Cancellation;
import dev.espalier.gateway.upstream.llm.ModelCalls;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Requests to models in the form of OpenAI, for whoever was let in. */
@Singleton
final class ModelApi {

  private final ModelCalls models;
  private final BodyHandler bodies;

  @Inject
  ModelApi(ModelCalls models, GatewayConfig gateway, ModelsConfig config) {
    this.models = models;
    this.bodies =
        BodyHandler.create(false)
            .setBodyLimit(
                Math.min(
                    gateway.maxBodySize().asLongValue(),
                    config.llm().maxRequestSize().asLongValue()));
  }

  /** Reads the body, up to the limit. */
  Handler<RoutingContext> bodies() {
    return context -> {
      bodies.handle(context);
      context.request().resume();
    };
  }

  void chat(RoutingContext context, Caller caller) {
    JsonObject body = RequestJson.read(context);
    ChatRequest.checkChat(body);
    answer(context, turn(context, caller, body), Operation.CHAT);
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
        ClientTimeout.of(context.request().headers()).map(Instant.now()::plus),
        cancellation(context));
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
