package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.api.Dialect;
import dev.espalier.gateway.api.Envelope;
import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;

/**
 * The same models for our own services, which name the tenant that pays in {@code
 * X-Espalier-Tenant}; without it the key's own tenant pays.
 */
@Singleton
final class InternalDialect implements Dialect {

  private static final String PREFIX = "/internal/llm/v1";

  private final ModelApi models;

  @Inject
  InternalDialect(ModelApi models) {
    this.models = models;
  }

  @Override
  public String name() {
    return "internal";
  }

  @Override
  public boolean speaks(String method, String path) {
    return path.startsWith(PREFIX + "/");
  }

  @Override
  public Scope scope(String method, String path) {
    return Scope.INTERNAL;
  }

  @Override
  public Envelope envelope() {
    return new OpenAiEnvelope();
  }

  @Override
  public void open(Router router) {
    post(router, "/chat/completions", models::plainChat);
    post(router, "/completions", models::completion);
    post(router, "/embeddings", models::embed);
    post(router, "/rerank", models::rerank);
  }

  private void post(Router router, String path, BiConsumer<RoutingContext, Caller> handler) {
    router
        .post(PREFIX + path)
        .handler(models.bodies())
        .handler(context -> handler.accept(context, payer(context)));
  }

  private static Caller payer(RoutingContext context) {
    Caller service = Visit.of(context).caller();
    String tenant = context.request().getHeader(RequestContext.TENANT_HEADER);
    if (tenant == null) {
      return service;
    }
    if (!RequestContext.isTenant(tenant)) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.MALFORMED_HEADER,
              RequestContext.TENANT_HEADER + " does not name a tenant"));
    }
    return new Caller(service.key(), tenant, service.scopes(), service.limits());
  }
}
