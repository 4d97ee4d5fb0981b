package dev.espalier.gateway.ops;

import dev.espalier.gateway.config.GatewayConfig;
import dev.espalier.gateway.core.access.Access;
import dev.espalier.gateway.core.access.AccessSnapshot;
import dev.espalier.gateway.core.spending.RateLimits;
import dev.espalier.gateway.store.AccessReader;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;

/** Brings the schema up once, and what the database says about access again and again. */
@Singleton
public final class AccessRefresh {

  private final AccessReader reader;
  private final Access access;
  private final RateLimits limits;
  private final Instance<Flyway> flyway;
  private boolean isMigrated;

  @Inject
  AccessRefresh(
      AccessReader reader,
      Access access,
      RateLimits limits,
      Instance<Flyway> flyway,
      GatewayConfig config) {
    this.reader = reader;
    this.access = access;
    this.limits = limits;
    this.flyway = flyway;
    this.isMigrated = !config.database().migrate();
  }

  /** Reads what has changed. Blocks, and throws if the database does not answer. */
  public synchronized void now() {
    if (!isMigrated) {
      flyway.get().migrate();
      isMigrated = true;
    }
    AccessSnapshot known = access.latest().orElse(null);
    AccessSnapshot read = reader.since(access.latest());
    access.publish(read);
    if (!read.equals(known)) {
      limits.retain(access::isKnown);
    }
  }
}
