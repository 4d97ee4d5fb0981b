package dev.espalier.gateway.store;

import dev.espalier.gateway.core.access.AccessSnapshot;
import dev.espalier.gateway.core.access.ManagedKey;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads all that decides who may come in. */
@Singleton
public final class AccessReader {

  private final TenantTransactions transactions;
  private final Database database;

  @Inject
  AccessReader(TenantTransactions transactions, Database database) {
    this.transactions = transactions;
    this.database = database;
  }

  /** What is new since this snapshot, as a whole; the same one if nothing is. */
  public AccessSnapshot since(Optional<AccessSnapshot> known) {
    return transactions.run(
        () -> {
          // First: a change while we read the rest has a later revision, and is read next time.
          long revision =
              database
                  .queryOne("SELECT value FROM access_revision", row -> row.getLong("value"))
                  .orElseThrow();
          return known.filter(it -> it.revision() == revision).orElseGet(() -> read(revision));
        });
  }

  private AccessSnapshot read(long revision) {
    Map<UUID, ManagedKey> keys = new HashMap<>();
    database
        .query("SELECT * FROM api_key WHERE revoked_at IS NULL", KeyRows::read)
        .forEach(key -> keys.put(key.id(), key));
    Set<String> suspended =
        Set.copyOf(
            database.query("SELECT id FROM tenant WHERE is_suspended", row -> row.getString("id")));
    Set<String> budgetedTenants = new HashSet<>();
    Set<String> budgetedKeys = new HashSet<>();
    database.query(
        "SELECT DISTINCT tenant, key FROM budget",
        row -> {
          String key = row.getString("key");
          return key == null ? budgetedTenants.add(row.getString("tenant")) : budgetedKeys.add(key);
        });
    return new AccessSnapshot(revision, keys, suspended, budgetedTenants, budgetedKeys);
  }
}
