package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.api.Dialect;
import dev.espalier.gateway.api.Envelope;
import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.BiConsumer;

/** Under {@code /v1}, for clients of OpenAI's API. */
@Singleton
final class OpenAiDialect implements Dialect {

  private static final Set<String> PATHS = Set.of("/v1/chat/completions", "/v1/completions");

  private final ModelApi models;

  @Inject
  OpenAiDialect(ModelApi models) {
    this.models = models;
  }

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public boolean speaks(String method, String path) {
    return PATHS.contains(path);
  }

  @Override
  public Scope scope(String method, String path) {
    return Scope.MODELS;
  }

  @Override
  public Envelope envelope() {
    return new OpenAiEnvelope();
  }

  @Override
  public void open(Router router) {
    post(router, "/v1/chat/completions", models::chat);
    post(router, "/v1/completions", models::completion);
  }

  private void post(Router router, String path, BiConsumer<RoutingContext, Caller> handler) {
    router
        .post(path)
        .handler(models.bodies())
        .handler(context -> handler.accept(context, Visit.of(context).caller()));
  }
}
