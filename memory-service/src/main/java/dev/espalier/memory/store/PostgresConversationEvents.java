package dev.espalier.memory.store;

import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * The rows of {@code conversation_event}. The head row's lock, held until the commit, puts the
 * writers of a conversation one after the other, so that events become visible in order.
 */
@ApplicationScoped
public class PostgresConversationEvents implements ConversationEvents {

  /** How many events of a conversation can be read again. */
  public static final int KEPT = 10_000;

  /** How often old events are looked for: a share of a statement, not one more for each event. */
  private static final int TRIM_EVERY = 500;

  /** How long those who follow have to learn that the conversation is gone. */
  private static final Duration DELETION_KEPT = Duration.ofHours(1);

  private final Database database;
  private final JsonText json;
  private final TransactionTenant tenant;
  private final Clock clock;
  private final Event<Published> published;

  PostgresConversationEvents(
      Database database,
      JsonText json,
      TransactionTenant tenant,
      Clock clock,
      Event<Published> published) {
    this.database = database;
    this.json = json;
    this.tenant = tenant;
    this.clock = clock;
    this.published = published;
  }

  /** The table as those who follow read it. */
  public static EventTable table(Database database) {
    return new EventTable(database, "conversation_event");
  }

  @Override
  public void publish(UUID conversation, ConversationEvent event) {
    long seq =
        database
            .queryOne(
                """
                WITH head AS (
                  INSERT INTO conversation_event_head (conversation_id, seq) VALUES (?, 1)
                  ON CONFLICT (conversation_id)
                    DO UPDATE SET seq = conversation_event_head.seq + 1 RETURNING seq)
                INSERT INTO conversation_event (stream_id, seq, tenant_id, type, payload, stored_at)
                SELECT ?, seq, ?, ?, ?::jsonb, ? FROM head RETURNING seq
                """,
                row -> row.getLong("seq"),
                conversation,
                conversation,
                tenant.id(),
                event.type(),
                json.write(event.facts()),
                clock.instant())
            .orElseThrow();
    if (seq % TRIM_EVERY == 0) {
      database.update(
          "DELETE FROM conversation_event WHERE stream_id = ? AND seq <= ?",
          conversation,
          seq - KEPT);
    }
    published.fire(new Published());
  }

  @Override
  public long end(UUID conversation) {
    publish(conversation, ConversationEvent.deleted());
    long removed =
        database.update(
            "DELETE FROM conversation_event WHERE stream_id = ? AND type <> ?",
            conversation,
            ConversationEvent.DELETED);
    database.update(
        "DELETE FROM conversation_event WHERE tenant_id = ? AND type = ? AND stored_at < ?",
        tenant.id(),
        ConversationEvent.DELETED,
        clock.instant().minus(DELETION_KEPT));
    return removed;
  }

  /** Something was published; who waits for it observes this after the commit. */
  public record Published() {}
}
