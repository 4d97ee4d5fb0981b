package dev.espalier.kg.store;

import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.KgException;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.PagePosition;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Graphs as resources; every query names the tenant. Called inside a transaction of a tenant. */
@ApplicationScoped
public class KgStore {

  /** What belongs to a graph by its number, and is not deleted with its row. */
  private static final List<String> TABLES_BY_NUMBER = List.of("triple", "entity", "relation");

  private final EntityManager entities;
  private final Database database;
  private final Clock clock;
  private final TransactionTenant tenant;

  KgStore(EntityManager entities, Database database, Clock clock, TransactionTenant tenant) {
    this.entities = entities;
    this.database = database;
    this.clock = clock;
    this.tenant = tenant;
  }

  public Kg create(String name) {
    KgEntity entity = new KgEntity();
    entity.id = UUID.randomUUID();
    entity.tenantId = tenant.id();
    entity.name = name;
    entity.createdAt = now();
    entity.updatedAt = entity.createdAt;
    entities.persist(entity);
    entities.flush();
    return toResource(entity);
  }

  /**
   * @throws KgException {@code kg.not_found}
   */
  public Kg get(UUID id) {
    return toResource(ours(entities.find(KgEntity.class, id)));
  }

  /** Newest first. */
  public List<Kg> page(@Nullable PagePosition after, int limit) {
    TypedQuery<KgEntity> query =
        entities.createQuery(
            "from KgEntity k where k.tenantId = :tenant"
                + (after == null ? "" : " and (k.createdAt, k.id) < (:createdAt, :id)")
                + " order by k.createdAt desc, k.id desc",
            KgEntity.class);
    query.setParameter("tenant", tenant.id());
    if (after != null) {
      query.setParameter("createdAt", after.createdAt()).setParameter("id", after.id());
    }
    return query.setMaxResults(limit).getResultStream().map(KgStore::toResource).toList();
  }

  /**
   * Deletes the graph with its triples, jobs and models.
   *
   * @throws KgException {@code kg.not_found}
   */
  public void delete(UUID id) {
    KgEntity entity = lock(id);
    for (String table : TABLES_BY_NUMBER) {
      database.update("DELETE FROM " + table + " WHERE kg_no = ?", entity.no);
    }
    entities.remove(entity);
    entities.flush();
  }

  /** The graph, which nobody else changes until the transaction ends. */
  KgEntity lock(UUID id) {
    return ours(entities.find(KgEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** The graph, which nobody changes until the transaction ends, while others may read it too. */
  Kg share(UUID id) {
    return toResource(ours(entities.find(KgEntity.class, id, LockModeType.PESSIMISTIC_READ)));
  }

  /** What was read so far is read again when it is asked for. */
  void forget() {
    entities.clear();
  }

  void flush() {
    entities.flush();
  }

  private KgEntity ours(@Nullable KgEntity entity) {
    if (entity == null || !entity.tenantId.equals(tenant.id())) {
      throw KgException.kgNotFound();
    }
    return entity;
  }

  /** To the microsecond, which is what PostgreSQL keeps. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  static Kg toResource(KgEntity entity) {
    return new Kg(
        entity.id,
        entity.no,
        entity.name,
        entity.snapshot,
        entity.entities,
        entity.relations,
        new Kg.Triples(entity.train, entity.valid, entity.test),
        entity.nameBytes,
        entity.createdAt,
        entity.updatedAt);
  }
}
