package dev.espalier.gateway.store;

import dev.espalier.persistence.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tenants that keys and budgets belong to. */
@Singleton
public final class TenantRecords {

  /**
   * A tenant.
   *
   * @param isSuspended whether its keys open nothing for now
   */
  public record Tenant(String id, String name, boolean isSuspended, Instant createdAt) {}

  private final Changes changes;
  private final Database database;

  @Inject
  TenantRecords(Changes changes, Database database) {
    this.changes = changes;
    this.database = database;
  }

  /**
   * @return false if there is one of this id already
   */
  public boolean add(Tenant tenant) {
    return changes.make(
        () ->
            database.update(
                    """
                    INSERT INTO tenant (id, name, is_suspended, created_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """,
                    tenant.id(),
                    tenant.name(),
                    tenant.isSuspended(),
                    tenant.createdAt())
                == 1);
  }

  public Optional<Tenant> find(String id) {
    return changes.read(
        () -> database.queryOne("SELECT * FROM tenant WHERE id = ?", TenantRecords::read, id));
  }

  /** In the order of their ids, behind this one. */
  public List<Tenant> after(@Nullable String id, int limit) {
    return changes.read(
        () ->
            database.query(
                "SELECT * FROM tenant WHERE id > ? ORDER BY id LIMIT ?",
                TenantRecords::read,
                id == null ? "" : id,
                limit));
  }

  /** Changes what is not null; empty if there is no such tenant. */
  public Optional<Tenant> change(String id, @Nullable String name, @Nullable Boolean isSuspended) {
    return changes.make(
        () ->
            database.queryOne(
                """
                UPDATE tenant SET name = COALESCE(?::text, name),
                                  is_suspended = COALESCE(?::boolean, is_suspended)
                WHERE id = ? RETURNING *
                """,
                TenantRecords::read,
                name,
                isSuspended,
                id));
  }

  private static Tenant read(ResultSet row) throws SQLException {
    return new Tenant(
        row.getString("id"),
        row.getString("name"),
        row.getBoolean("is_suspended"),
        Objects.requireNonNull(Database.instant(row, "created_at")));
  }
}
