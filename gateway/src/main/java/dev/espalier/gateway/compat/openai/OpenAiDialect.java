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
import java.util.regex.Pattern;

/** Under {@code /v1}, for clients of OpenAI's API. */
@Singleton
final class OpenAiDialect implements Dialect {

  private static final Set<String> PATHS =
      Set.of(
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/embeddings",
          "/v1/rerank",
          "/v1/responses");

  private static final String MODELS = "/v1/models";

  /** Trained models of kg-reasoner have such names, and everything below. */
  private static final Pattern OF_KG_REASONER =
      Pattern.compile("/v1/models/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(/.*)?");

  private final ModelApi models;
  private final ModelList list;

  @Inject
  OpenAiDialect(ModelApi models, ModelList list) {
    this.models = models;
    this.list = list;
  }

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public boolean speaks(String method, String path) {
    boolean isModel = path.startsWith(MODELS + "/") && !OF_KG_REASONER.matcher(path).matches();
    return PATHS.contains(path) || (path.equals(MODELS) && method.equals("GET")) || isModel;
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
    post(router, "/v1/embeddings", models::embed);
    post(router, "/v1/rerank", models::rerank);
    post(router, "/v1/responses", models::respond);
    router.get(MODELS).handler(list::list);
    router
        .getWithRegex("/v1/models/.+")
        .handler(
            context -> {
              if (speaks("GET", context.request().path())) {
                list.one(context);
              } else {
                context.next();
              }
            });
  }

  private void post(Router router, String path, BiConsumer<RoutingContext, Caller> handler) {
    router
        .post(path)
        .handler(models.bodies())
        .handler(context -> handler.accept(context, Visit.of(context).caller()));
  }
}
