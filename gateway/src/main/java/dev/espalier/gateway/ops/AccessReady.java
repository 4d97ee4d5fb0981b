package dev.espalier.gateway.ops;

import dev.espalier.gateway.core.access.Access;
import dev.espalier.gateway.core.spending.MeteredSpending;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * How old the gateway's knowledge of keys and budgets is. It never makes the gateway unready:
 * configured keys work without the database, and taking every replica away would stop them too.
 */
@Readiness
@Singleton
final class AccessReady implements HealthCheck {

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Access access;
  private final MeteredSpending spending;
  private final DatabaseSwitch database;

  @Inject
  AccessReady(Access access, MeteredSpending spending, DatabaseSwitch database) {
    this.access = access;
    this.spending = spending;
    this.database = database;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("access").up();
    if (!database.isOn()) {
      return response.withData("database", "NONE").build();
    }
    Optional<Duration> age = access.age();
    boolean isFresh = age.filter(it -> it.compareTo(FRESH) < 0).isPresent();
    response.withData("database", isFresh ? "UP" : "DOWN");
    age.ifPresent(it -> response.withData("snapshot_age_ms", it.toMillis()));
    return response.withData("unsettled", spending.unsettled()).build();
  }
}
