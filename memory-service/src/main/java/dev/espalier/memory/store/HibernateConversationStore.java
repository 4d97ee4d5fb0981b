package dev.espalier.memory.store;

import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.ConversationChange;
import dev.espalier.memory.core.ConversationChange.Member;
import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conversations in PostgreSQL; every query names the tenant. */
@ApplicationScoped
public class HibernateConversationStore implements ConversationStore {

  private final EntityManager entities;
  private final JsonText json;
  private final Clock clock;
  private final TransactionTenant tenant;
  private final Database database;
  private final ConversationEvents events;

  HibernateConversationStore(
      EntityManager entities,
      JsonText json,
      Clock clock,
      TransactionTenant tenant,
      Database database,
      ConversationEvents events) {
    this.entities = entities;
    this.json = json;
    this.clock = clock;
    this.tenant = tenant;
    this.database = database;
    this.events = events;
  }

  @Override
  public Conversation create(
      @Nullable String title, @Nullable String subject, Map<String, Object> metadata) {
    ConversationEntity entity = new ConversationEntity();
    entity.id = UUID.randomUUID();
    entity.tenantId = tenant.id();
    entity.title = title;
    entity.subject = subject;
    entity.metadata = json.write(metadata);
    entity.createdAt = now();
    entity.updatedAt = entity.createdAt;
    entities.persist(entity);
    entities.flush();
    return toCore(entity);
  }

  @Override
  public Optional<Conversation> find(UUID id) {
    return Optional.ofNullable(entities.find(ConversationEntity.class, id))
        .filter(this::isOurs)
        .map(this::toCore);
  }

  @Override
  public List<Conversation> page(@Nullable Position after, @Nullable String subject, int limit) {
    String where =
        (subject == null ? "" : " and c.subject = :subject")
            + (after == null ? "" : " and (c.createdAt, c.id) < (:createdAt, :id)");
    TypedQuery<ConversationEntity> query =
        entities.createQuery(
            "from ConversationEntity c where c.tenantId = :tenant"
                + where
                + " order by c.createdAt desc, c.id desc",
            ConversationEntity.class);
    query.setParameter("tenant", tenant.id());
    if (subject != null) {
      query.setParameter("subject", subject);
    }
    if (after != null) {
      query.setParameter("createdAt", after.createdAt()).setParameter("id", after.id());
    }
    return query.setMaxResults(limit).getResultStream().map(this::toCore).toList();
  }

  @Override
  public Conversation update(UUID id, ConversationChange change, @Nullable Long expectedVersion) {
    ConversationEntity entity = lock(id);
    if (expectedVersion != null && expectedVersion != entity.version) {
      throw MemoryException.versionConflict(entity.version);
    }
    if (change.changed().contains(Member.TITLE)) {
      entity.title = change.title();
    }
    if (change.changed().contains(Member.SUBJECT)) {
      entity.subject = change.subject();
    }
    if (change.changed().contains(Member.METADATA)) {
      Map<String, Object> metadata = change.metadata();
      entity.metadata = json.write(metadata == null ? Map.of() : metadata);
    }
    entity.updatedAt = now();
    entities.flush();
    return toCore(entity);
  }

  @Override
  public void delete(UUID id) {
    ConversationEntity entity = lock(id);
    // An embedding worker that holds the conversation is waited for before its events are locked.
    database.query("SELECT 1 FROM conversation WHERE id = ? FOR UPDATE", row -> true, id);
    events.end(id);
    entities.remove(entity);
    entities.flush();
  }

  /** The conversation, which nobody else changes until the transaction ends. */
  ConversationEntity lock(UUID id) {
    ConversationEntity entity =
        entities.find(ConversationEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (entity == null || !isOurs(entity)) {
      throw MemoryException.conversationNotFound();
    }
    return entity;
  }

  private boolean isOurs(ConversationEntity entity) {
    return entity.tenantId.equals(tenant.id());
  }

  void flush() {
    entities.flush();
  }

  /** To the microsecond, which is what PostgreSQL keeps. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private Conversation toCore(ConversationEntity entity) {
    return new Conversation(
        entity.id,
        entity.title,
        entity.subject,
        json.read(entity.metadata),
        entity.version,
        entity.lastSeq,
        entity.createdAt,
        entity.updatedAt);
  }
}
