package dev.espalier.kg.store;

import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.StoredModel;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.PagePosition;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Models as resources; every query names the tenant. Called inside a transaction of a tenant. */
@ApplicationScoped
public class ModelStore {

  private static final String SELECT =
      """
      SELECT id, kg_id, name, origin, config, metrics, provenance, relations, parameters,
        octet_length(artefact) AS bytes, created_at FROM model WHERE tenant_id = ?
      """;

  private final Database database;
  private final Clock clock;
  private final TransactionTenant tenant;

  ModelStore(Database database, Clock clock, TransactionTenant tenant) {
    this.database = database;
    this.clock = clock;
    this.tenant = tenant;
  }

  /** Keeps a model with its artefact. */
  public StoredModel add(NewModel model) {
    UUID id = UUID.randomUUID();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    database.update(
        """
        INSERT INTO model (id, tenant_id, kg_id, name, origin, config, metrics, provenance,
          relations, parameters, artefact, created_at)
        VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?)
        """,
        id,
        tenant.id(),
        model.kg(),
        model.name(),
        model.origin(),
        model.config(),
        model.metrics(),
        model.provenance(),
        model.relations(),
        model.parameters(),
        model.artefact(),
        now);
    return get(id);
  }

  /**
   * @throws KgException {@code kg.model_not_found}
   */
  public StoredModel get(UUID id) {
    return database
        .queryOne(SELECT + " AND id = ?", ModelStore::read, tenant.id(), id)
        .orElseThrow(KgException::modelNotFound);
  }

  /** The newest model trained on a graph. */
  public Optional<StoredModel> newestOf(UUID kg) {
    return database.queryOne(
        SELECT + " AND kg_id = ? ORDER BY created_at DESC, id DESC LIMIT 1",
        ModelStore::read,
        tenant.id(),
        kg);
  }

  /** Newest first; of one graph or of all. */
  public List<StoredModel> page(@Nullable UUID kg, @Nullable PagePosition after, int limit) {
    return database.query(
        SELECT
            + """
             AND (?::uuid IS NULL OR kg_id = ?)
              AND (?::uuid IS NULL OR (created_at, id) < (?::timestamptz, ?::uuid))
            ORDER BY created_at DESC, id DESC LIMIT ?
            """,
        ModelStore::read,
        tenant.id(),
        kg,
        kg,
        after == null ? null : after.id(),
        after == null ? null : after.createdAt(),
        after == null ? null : after.id(),
        limit);
  }

  /**
   * @throws KgException {@code kg.model_not_found}
   */
  public byte[] artefact(UUID id) {
    return database
        .queryOne(
            "SELECT artefact FROM model WHERE tenant_id = ? AND id = ?",
            row -> Objects.requireNonNull(row.getBytes("artefact")),
            tenant.id(),
            id)
        .orElseThrow(KgException::modelNotFound);
  }

  /**
   * @throws KgException {@code kg.model_not_found}
   */
  public void delete(UUID id) {
    int deleted =
        database.update("DELETE FROM model WHERE tenant_id = ? AND id = ?", tenant.id(), id);
    if (deleted == 0) {
      throw KgException.modelNotFound();
    }
  }

  private static StoredModel read(ResultSet row) throws SQLException {
    return new StoredModel(
        row.getObject("id", UUID.class),
        Optional.ofNullable(row.getObject("kg_id", UUID.class)),
        Optional.ofNullable(row.getString("name")),
        row.getString("origin"),
        row.getString("config"),
        row.getString("metrics"),
        row.getString("provenance"),
        row.getInt("relations"),
        row.getInt("parameters"),
        row.getLong("bytes"),
        Objects.requireNonNull(Database.instant(row, "created_at")));
  }

  /** A model to keep; the texts are JSON. */
  public record NewModel(
      @Nullable UUID kg,
      @Nullable String name,
      String origin,
      String config,
      String metrics,
      String provenance,
      int relations,
      int parameters,
      byte[] artefact) {}
}
