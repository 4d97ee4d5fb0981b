package dev.espalier.memory.store;

import dev.espalier.memory.core.NewTurn;
import dev.espalier.memory.core.Role;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnFilter;
import dev.espalier.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of {@code turn}: how they are written, read and filtered. */
@ApplicationScoped
class TurnRows {

  private final Database database;
  private final JsonText json;

  TurnRows(Database database, JsonText json) {
    this.database = database;
    this.json = json;
  }

  void insert(UUID conversation, String tenant, List<Turn> turns) {
    database.update(
        """
        INSERT INTO turn (conversation_id, tenant_id, seq, role, speaker, content, occurred_at,
          client_turn_id, metadata, stored_at)
        SELECT ?, ?, t.seq, t.role, t.speaker, t.content, t.occurred_at::timestamptz,
          t.client_turn_id, t.metadata::jsonb, ?
        FROM unnest(?, ?, ?, ?, ?, ?, ?)
          AS t (seq, role, speaker, content, occurred_at, client_turn_id, metadata)
        """,
        conversation,
        tenant,
        turns.get(0).storedAt(),
        turns.stream().mapToLong(Turn::seq).toArray(),
        texts(turns, said -> said.role().name()),
        texts(turns, NewTurn::speaker),
        texts(turns, NewTurn::content),
        texts(turns, said -> said.occurredAt() == null ? null : said.occurredAt().toString()),
        texts(turns, NewTurn::clientTurnId),
        texts(turns, said -> json.write(said.metadata())));
  }

  /**
   * @param where a condition of this package's own making, with what follows it
   */
  List<Turn> select(String where, Object... parameters) {
    return database.query(
        "SELECT seq, role, speaker, content, occurred_at, client_turn_id, metadata, stored_at,"
            + " redacted_at FROM turn WHERE "
            + where,
        this::read,
        parameters);
  }

  SeqSet matching(UUID conversation, TurnFilter filter) {
    StringBuilder where = new StringBuilder("conversation_id = ?");
    List<Object> parameters = new ArrayList<>(List.of(conversation));
    if (!filter.roles().isEmpty()) {
      where.append(" AND role = ANY (?)");
      parameters.add(filter.roles().stream().map(Role::name).toArray(String[]::new));
    }
    if (!filter.speakers().isEmpty()) {
      where.append(" AND speaker = ANY (?)");
      parameters.add(filter.speakers().toArray(String[]::new));
    }
    and(where, parameters, " AND seq >= ?", filter.fromSeq());
    and(where, parameters, " AND seq <= ?", filter.toSeq());
    and(where, parameters, " AND coalesce(occurred_at, stored_at) >= ?", filter.occurredFrom());
    and(where, parameters, " AND coalesce(occurred_at, stored_at) < ?", filter.occurredBefore());
    if (!filter.metadata().isEmpty()) {
      where.append(" AND metadata @> ?::jsonb");
      parameters.add(json.write(filter.metadata()));
    }
    return new SeqSet(
        database
            .query(
                "SELECT seq FROM turn WHERE " + where, row -> row.getLong(1), parameters.toArray())
            .stream()
            .mapToLong(Long::longValue)
            .toArray());
  }

  private static void and(
      StringBuilder where, List<Object> parameters, String condition, @Nullable Object value) {
    if (value != null) {
      where.append(condition);
      parameters.add(value);
    }
  }

  private Turn read(ResultSet row) throws SQLException {
    return new Turn(
        row.getLong("seq"),
        new NewTurn(
            Role.valueOf(row.getString("role")),
            row.getString("speaker"),
            row.getString("content"),
            Database.instant(row, "occurred_at"),
            row.getString("client_turn_id"),
            json.read(row.getString("metadata"))),
        Objects.requireNonNull(Database.instant(row, "stored_at")),
        Database.instant(row, "redacted_at"));
  }

  private static @Nullable String[] texts(
      List<Turn> turns, Function<NewTurn, @Nullable String> column) {
    return turns.stream().map(turn -> column.apply(turn.said())).toArray(String[]::new);
  }
}
