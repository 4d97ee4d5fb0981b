package dev.espalier.gateway.store;

import dev.espalier.gateway.core.access.ManagedKey;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.PagePosition;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The managed keys. */
@Singleton
public final class KeyRecords {

  private final Changes changes;
  private final Database database;

  @Inject
  KeyRecords(Changes changes, Database database) {
    this.changes = changes;
    this.database = database;
  }

  /**
   * @return false if there is no such tenant
   */
  public boolean add(ManagedKey key) {
    return changes.make(
        () ->
            database.update(
                    """
                    INSERT INTO api_key (id, tenant, name, hash, scopes, requests_per_minute,
                                         tokens_per_minute, created_at, expires_at)
                    SELECT ?, id, ?, ?, ?, ?, ?, ?, ? FROM tenant WHERE id = ?
                    """,
                    key.id(),
                    key.name(),
                    key.hash(),
                    KeyRows.names(key.scopes()),
                    key.limits().requestsPerMinute(),
                    key.limits().tokensPerMinute(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.tenant())
                == 1);
  }

  public Optional<ManagedKey> find(UUID id) {
    return changes.read(
        () -> database.queryOne("SELECT * FROM api_key WHERE id = ?", KeyRows::read, id));
  }

  /** The newest first, revoked ones too; of one tenant or of all. */
  public List<ManagedKey> page(@Nullable String tenant, PagePosition after, int limit) {
    return changes.read(
        () ->
            database.query(
                """
                SELECT * FROM api_key
                WHERE (created_at, id) < (?, ?) AND (?::text IS NULL OR tenant = ?)
                ORDER BY created_at DESC, id DESC LIMIT ?
                """,
                KeyRows::read,
                after.createdAt(),
                after.id(),
                tenant,
                tenant,
                limit));
  }

  /** Replaces the key by what this makes of it; empty if there is no such key. */
  public Optional<ManagedKey> change(UUID id, UnaryOperator<ManagedKey> change) {
    return changes.make(
        () ->
            database
                .queryOne("SELECT * FROM api_key WHERE id = ? FOR UPDATE", KeyRows::read, id)
                .map(change)
                .map(this::store));
  }

  private ManagedKey store(ManagedKey key) {
    ManagedKey.Previous previous = key.previous();
    database.update(
        """
        UPDATE api_key SET name = ?, hash = ?, previous_hash = ?, previous_valid_until = ?,
          scopes = ?, requests_per_minute = ?, tokens_per_minute = ?, expires_at = ?,
          revoked_at = ?
        WHERE id = ?
        """,
        key.name(),
        key.hash(),
        previous == null ? null : previous.hash(),
        previous == null ? null : previous.validUntil(),
        KeyRows.names(key.scopes()),
        key.limits().requestsPerMinute(),
        key.limits().tokensPerMinute(),
        key.expiresAt(),
        key.revokedAt(),
        key.id());
    return key;
  }
}
