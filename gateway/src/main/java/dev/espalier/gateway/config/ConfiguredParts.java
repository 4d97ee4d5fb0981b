package dev.espalier.gateway.config;

import dev.espalier.gateway.core.KeyRing;
import dev.espalier.gateway.core.RouteTable;
import dev.espalier.gateway.core.spending.Spending;
import dev.espalier.gateway.core.spending.Unmetered;
import dev.espalier.gateway.upstream.Upstreams;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands the parts of the configuration to those who need one. */
final class ConfiguredParts {

  private ConfiguredParts() {}

  @Produces
  @Singleton
  static ParsedConfig parsed(GatewayConfig config) {
    return ParsedConfig.of(config);
  }

  @Produces
  @Singleton
  static KeyRing keys(ParsedConfig parsed) {
    return parsed.keys();
  }

  @Produces
  @Singleton
  static RouteTable routes(ParsedConfig parsed) {
    return parsed.routes();
  }

  @Produces
  @Singleton
  static Upstreams upstreams(ParsedConfig parsed, Vertx vertx) {
    return new Upstreams(parsed.services(), vertx);
  }

  @Produces
  @Singleton
  static Spending spending() {
    return new Unmetered();
  }
}
