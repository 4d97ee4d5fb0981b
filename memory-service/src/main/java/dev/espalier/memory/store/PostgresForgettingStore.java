package dev.espalier.memory.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.forgetting.ForgettingPlan.Item;
import dev.espalier.memory.core.forgetting.ForgettingPlan.Reason;
import dev.espalier.memory.core.forgetting.ForgettingPolicy;
import dev.espalier.memory.core.forgetting.ForgettingRun;
import dev.espalier.memory.core.forgetting.ForgettingStore;
import dev.espalier.memory.core.forgetting.MemoryTrace;
import dev.espalier.memory.core.forgetting.Strength;
import dev.espalier.memory.core.forgetting.Tier;
import dev.espalier.memory.core.forgetting.Undone;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TransactionTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The tables of forgetting. */
@ApplicationScoped
public class PostgresForgettingStore implements ForgettingStore {

  private final Database database;
  private final TransactionTenant tenant;
  private final TraceRows traces;
  private final TierRows tiers;
  private final VectorRows vectors;
  private final ObjectMapper json;
  private final Clock clock;

  PostgresForgettingStore(
      Database database,
      TransactionTenant tenant,
      TraceRows traces,
      TierRows tiers,
      VectorRows vectors,
      ObjectMapper json,
      Clock clock) {
    this.database = database;
    this.tenant = tenant;
    this.traces = traces;
    this.tiers = tiers;
    this.vectors = vectors;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public Optional<ForgettingPolicy> policy(String id) {
    return database.queryOne(
        "SELECT definition FROM forgetting_policy WHERE tenant_id = ? AND id = ?",
        row -> read(row.getString("definition"), ForgettingPolicy.class),
        tenant.id(),
        id);
  }

  @Override
  public void put(String id, ForgettingPolicy policy) {
    database.update(
        """
        INSERT INTO forgetting_policy (tenant_id, id, definition, updated_at)
        VALUES (?, ?, ?::jsonb, ?)
        ON CONFLICT (tenant_id, id) DO UPDATE
          SET definition = excluded.definition, updated_at = excluded.updated_at
        """,
        tenant.id(),
        id,
        write(policy),
        clock.instant());
  }

  @Override
  public void lock(UUID conversation) {
    vectors.lockHead(conversation);
  }

  @Override
  public List<MemoryTrace> traces(UUID conversation, long lastSeq) {
    return traces.read(conversation, lastSeq);
  }

  @Override
  public Map<Long, float[]> vectors(UUID conversation) {
    return vectors.searchedAndDormant(conversation);
  }

  @Override
  public Map<Long, Tier> tiers(UUID conversation, Collection<Long> seqs) {
    return tiers.read(conversation, seqs);
  }

  @Override
  public void move(UUID conversation, Collection<Long> seqs, Tier to, long lastSeq) {
    tiers.move(conversation, seqs, to, lastSeq);
  }

  @Override
  public void use(UUID conversation, Collection<Long> seqs, long lastSeq) {
    traces.use(conversation, seqs, lastSeq);
  }

  @Override
  public void add(ForgettingRun run) {
    database.update(
        """
        INSERT INTO forgetting_run
          (id, conversation_id, tenant_id, policy_id, policy, last_seq, created_at)
        VALUES (?, ?, ?, ?, ?::jsonb, ?, ?)
        """,
        run.id(),
        run.conversation(),
        tenant.id(),
        run.policyId(),
        write(run.policy()),
        run.lastSeq(),
        run.createdAt());
    database.update(
        """
        INSERT INTO forgetting_change
          (run_id, tenant_id, seq, from_tier, to_tier, strength, reason)
        SELECT ?, ?, i.seq, i.from_tier, i.to_tier, i.strength::jsonb, i.reason
        FROM unnest(?, ?, ?, ?, ?) AS i (seq, from_tier, to_tier, strength, reason)
        """,
        run.id(),
        tenant.id(),
        run.items().stream().mapToLong(Item::seq).toArray(),
        texts(run, item -> item.from().name()),
        texts(run, item -> item.to().name()),
        texts(run, item -> write(item.strength())),
        texts(run, item -> item.reason().name()));
  }

  @Override
  public Optional<ForgettingRun> run(UUID id) {
    return database.queryOne(
        """
        SELECT id, conversation_id, policy_id, policy, last_seq, created_at, undone_at
        FROM forgetting_run WHERE id = ? AND tenant_id = ?
        """,
        row ->
            new ForgettingRun(
                id,
                row.getObject("conversation_id", UUID.class),
                row.getString("policy_id"),
                read(row.getString("policy"), ForgettingPolicy.class),
                row.getLong("last_seq"),
                Objects.requireNonNull(Database.instant(row, "created_at")),
                Database.instant(row, "undone_at"),
                items(id)),
        id,
        tenant.id());
  }

  @Override
  public void add(Undone undone) {
    database.update(
        """
        UPDATE forgetting_run SET undone_at = ?, restored = ?, left_alone = ?
        WHERE id = ? AND tenant_id = ?
        """,
        undone.undoneAt(),
        TraceRows.longs(undone.restored()),
        TraceRows.longs(undone.left()),
        undone.run(),
        tenant.id());
  }

  @Override
  public Optional<Undone> undone(UUID run) {
    return database.queryOne(
        """
        SELECT conversation_id, undone_at, restored, left_alone FROM forgetting_run
        WHERE id = ? AND tenant_id = ? AND undone_at IS NOT NULL
        """,
        row ->
            new Undone(
                run,
                row.getObject("conversation_id", UUID.class),
                Objects.requireNonNull(Database.instant(row, "undone_at")),
                TraceRows.list(row.getArray("restored")),
                TraceRows.list(row.getArray("left_alone"))),
        run,
        tenant.id());
  }

  @Override
  public boolean exists(UUID conversation, long seq) {
    return database
        .queryOne(
            """
            SELECT 1 FROM turn t WHERE t.conversation_id = ? AND t.tenant_id = ? AND t.seq = ?
              AND NOT EXISTS (SELECT FROM turn_tier k WHERE k.conversation_id = t.conversation_id
                AND k.seq = t.seq AND k.tier = 'PURGED')
            """,
            row -> true,
            conversation,
            tenant.id(),
            seq)
        .isPresent();
  }

  @Override
  public boolean pin(UUID conversation, long seq) {
    return traces.pin(conversation, seq);
  }

  @Override
  public boolean unpin(UUID conversation, long seq) {
    return traces.unpin(conversation, seq);
  }

  private List<Item> items(UUID run) {
    return database.query(
        """
        SELECT seq, from_tier, to_tier, strength, reason FROM forgetting_change
        WHERE run_id = ? AND tenant_id = ? ORDER BY seq
        """,
        this::item,
        run,
        tenant.id());
  }

  private Item item(ResultSet row) throws SQLException {
    return new Item(
        row.getLong("seq"),
        Tier.valueOf(row.getString("from_tier")),
        Tier.valueOf(row.getString("to_tier")),
        read(row.getString("strength"), Strength.class),
        Reason.valueOf(row.getString("reason")));
  }

  private static String[] texts(ForgettingRun run, Function<Item, String> column) {
    return run.items().stream().map(column).toArray(String[]::new);
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that is no JSON", e);
    }
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored value that we cannot read", e);
    }
  }
}
