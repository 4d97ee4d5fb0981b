package dev.espalier.gateway.config;

import dev.espalier.gateway.core.RouteTable;
import dev.espalier.gateway.core.access.Access;
import dev.espalier.gateway.core.spending.BudgetStore;
import dev.espalier.gateway.core.spending.CallWatch;
import dev.espalier.gateway.core.spending.MeteredSpending;
import dev.espalier.gateway.core.spending.RateLimits;
import dev.espalier.gateway.core.spending.UsageLog;
import dev.espalier.gateway.ops.DatabaseSwitch;
import dev.espalier.gateway.ops.DatabaseThreads;
import dev.espalier.gateway.upstream.Upstreams;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

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
  static Access access(
      ParsedConfig parsed, GatewayConfig config, DatabaseSwitch database, Clock clock) {
    return new Access(
        parsed.keys(), database.isOn(), config.access().maxStaleness(), clock, System::nanoTime);
  }

  @Produces
  @Singleton
  static RateLimits limits() {
    return new RateLimits(System::nanoTime);
  }

  @Produces
  @Singleton
  static MeteredSpending spending(
      Access access,
      RateLimits limits,
      BudgetStore budgets,
      UsageLog usages,
      CallWatch watch,
      DatabaseThreads threads,
      Clock clock,
      GatewayConfig config) {
    return new MeteredSpending(
        access, limits, budgets, usages, watch, threads, clock, config.spending().reservationTtl());
  }
}
