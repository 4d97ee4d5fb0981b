package dev.espalier.persistence;

import dev.espalier.persistence.schema.SchemaVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;

/**
 * The schema has every migration of this build, and row-level security binds our role. Both stay
 * true once they were, so they are looked at until then only.
 */
@Readiness
@ApplicationScoped
class SchemaReady implements HealthCheck {

  private static final String NAME = "schema";

  private final SchemaVersion version;
  private final RowSecurityCheck rowSecurity;
  private volatile boolean isReady;

  SchemaReady(Flyway migrations, RowSecurityCheck rowSecurity) {
    version = new SchemaVersion(migrations);
    this.rowSecurity = rowSecurity;
  }

  @Override
  public HealthCheckResponse call() {
    if (isReady) {
      return HealthCheckResponse.up(NAME);
    }
    try {
      rowSecurity.require();
      List<String> missing = version.missing();
      isReady = missing.isEmpty();
      return isReady
          ? HealthCheckResponse.up(NAME)
          : down("waits for the migrations " + String.join(", ", missing));
    } catch (RuntimeException e) {
      return down("the database did not answer, or not as it should");
    }
  }

  private static HealthCheckResponse down(String reason) {
    return HealthCheckResponse.named(NAME).down().withData("reason", reason).build();
  }
}
