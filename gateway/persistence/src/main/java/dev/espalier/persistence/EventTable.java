package dev.espalier.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Append-only streams of events, each numbered from 1 without gaps. All calls are made in a
 * transaction that has entered the tenant.
 *
 * <p>The service's schema has the table {@code (stream_id uuid, seq bigint, tenant_id text, type
 * text, payload jsonb, PRIMARY KEY (stream_id, seq))} with row-level security.
 */
public final class EventTable {

  private final Database database;
  private final String table;

  /**
   * @param table a name from our code, never from a request
   */
  public EventTable(Database database, String table) {
    this.database = database;
    this.table = table;
  }

  /**
   * Appends. The caller keeps two writers apart, by a {@link Lease} or a row lock; the table's key
   * refuses the second one otherwise.
   *
   * @param events from the stream's next number on, in order
   */
  public void append(UUID stream, String tenant, List<StoredEvent> events) {
    database.update(
        """
        INSERT INTO %s (stream_id, tenant_id, seq, type, payload)
        SELECT ?, ?, event.seq, event.type, event.payload::jsonb
        FROM unnest(?::bigint[], ?::text[], ?::text[]) AS event (seq, type, payload)
        """
            .formatted(table),
        stream,
        tenant,
        events.stream().mapToLong(StoredEvent::seq).toArray(),
        events.stream().map(StoredEvent::type).toArray(String[]::new),
        events.stream().map(StoredEvent::payload).toArray(String[]::new));
  }

  /** The events after a number, in order. */
  public List<StoredEvent> after(UUID stream, long seq, int limit) {
    return database.query(
        "SELECT seq, type, payload FROM %s WHERE stream_id = ? AND seq > ? ORDER BY seq LIMIT ?"
            .formatted(table),
        EventTable::read,
        stream,
        seq,
        limit);
  }

  public Optional<StoredEvent> last(UUID stream) {
    return database.queryOne(
        "SELECT seq, type, payload FROM %s WHERE stream_id = ? ORDER BY seq DESC LIMIT 1"
            .formatted(table),
        EventTable::read,
        stream);
  }

  /**
   * The last number of each of these streams; those without an event are not in the answer.
   *
   * @param streams of the tenant in hand
   */
  public Map<UUID, Long> heads(List<UUID> streams) {
    Map<UUID, Long> heads = new HashMap<>();
    database.query(
        """
        SELECT wanted.id, head.seq FROM unnest(?::uuid[]) AS wanted (id)
        CROSS JOIN LATERAL (
          SELECT seq FROM %s WHERE stream_id = wanted.id ORDER BY seq DESC LIMIT 1) AS head
        """
            .formatted(table),
        row -> heads.put(row.getObject("id", UUID.class), row.getLong("seq")),
        (Object) streams.stream().map(UUID::toString).toArray(String[]::new));
    return heads;
  }

  private static StoredEvent read(ResultSet row) throws SQLException {
    return new StoredEvent(row.getLong("seq"), row.getString("type"), row.getString("payload"));
  }
}
