package dev.espalier.gateway.config;

import dev.espalier.gateway.core.spending.Spending;
import dev.espalier.gateway.upstream.llm.ModelCalls;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands what was configured about language models to those who need it. */
final class ConfiguredModels {

  private ConfiguredModels() {}

  @Produces
  @Singleton
  static ParsedModels models(ModelsConfig config) {
    return ParsedModels.of(config);
  }

  @Produces
  @Singleton
  static ModelCalls calls(ParsedModels models, Spending spending, Vertx vertx) {
    return new ModelCalls(models.upstreams(), spending, vertx);
  }
}
