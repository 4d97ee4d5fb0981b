package dev.espalier.memory.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue.Outcome;
import dev.espalier.memory.core.EmbeddingQueue.Served;
import dev.espalier.memory.core.EmbeddingQueue.Work;
import dev.espalier.memory.core.IndexState;
import dev.espalier.memory.core.NewTurn;
import dev.espalier.memory.core.Role;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.TenantTransactions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ParkedWorkers.class)
class EmbeddingQueueTest {

  private static final EmbeddingModel MODEL =
      new EmbeddingModel("e5-small-v2", "1".repeat(64), "int8", "passage: ", "query: ", 384);

  @Inject PostgresEmbeddingQueue queue;
  @Inject TenantTransactions transactions;
  @Inject UnitOfWork work;
  @Inject TurnStore turns;
  @Inject ConversationStore conversations;
  @Inject Database database;

  private final Scope scope =
      new Scope("t-" + UUID.randomUUID(), Instant.parse("2999-01-01T00:00:00Z"));

  @BeforeEach
  void startWithAnEmptyQueue() {
    transactions.run(() -> database.update("DELETE FROM embedding_task"));
  }

  @Test
  void handsOutTurnsInOrderAndForgetsThemWhenTheyHaveTheirVectors() {
    UUID id = conversationOf(3);
    List<Long> seen = new ArrayList<>();

    int taken = process(2, remembering(seen, EmbeddingQueueTest::embed));

    assertEquals(2, taken);
    assertEquals(List.of(1L, 2L), seen);
    assertEquals(new IndexState(2, 3, 0), indexState(id));
    process(2, remembering(seen, EmbeddingQueueTest::embed));
    assertEquals(List.of(1L, 2L, 3L), seen);
    assertTrue(indexState(id).isCurrent());
    assertEquals(0, process(2, (model, batch) -> List.of()));
  }

  @Test
  void leavesTurnsWaitingWhenTheWorkerDies() {
    UUID id = conversationOf(1);

    assertThrows(
        IllegalStateException.class,
        () ->
            process(
                5,
                (model, batch) -> {
                  throw new IllegalStateException("killed");
                }));

    assertEquals(new IndexState(0, 1, 0), indexState(id));
    assertEquals(1, process(5, EmbeddingQueueTest::embed));
  }

  @Test
  void triesAFailedTurnAgainLaterAndGivesUpAfterEightTimes() {
    UUID id = conversationOf(1);

    assertEquals(1, process(5, EmbeddingQueueTest::fail));
    assertEquals(0, process(5, EmbeddingQueueTest::fail), "not due yet");
    for (int attempt = 2; attempt <= 8; attempt++) {
      makeAllDue();
      assertEquals(1, process(5, EmbeddingQueueTest::fail));
    }

    makeAllDue();
    assertEquals(0, process(5, EmbeddingQueueTest::fail));
    assertEquals(new IndexState(1, 1, 1), indexState(id));
    assertEquals(new PostgresEmbeddingQueue.Backlog(0, 1), queue.backlog());
  }

  /** D5. */
  @Test
  void servesAtOnceWhatAClockThatWasSetBackPutADayAhead() {
    UUID id = conversationOf(3);
    setDue(Instant.now().plus(Duration.ofDays(1)));

    assertEquals(3, process(5, EmbeddingQueueTest::embed));

    assertTrue(indexState(id).isCurrent());
  }

  @Test
  void servesEveryConversationInItsTurn() {
    List<UUID> waiting = List.of(conversationOf(40), conversationOf(1), conversationOf(20));

    List<UUID> served = new ArrayList<>();
    UUID after = new UUID(0, 0);
    for (int i = 0; i < 4; i++) {
      after = queue.process(10, after, EmbeddingQueueTest::embed).orElseThrow().conversation();
      served.add(after);
    }

    assertEquals(Set.copyOf(waiting), Set.copyOf(served.subList(0, 3)));
    assertFalse(served.get(3).equals(served.get(2)), "the first again, or the next that waits");
  }

  @Test
  void passesByWhatAnotherWorkerHolds() {
    UUID id = conversationOf(1);
    List<Integer> taken = new ArrayList<>();

    process(
        5,
        (model, batch) -> {
          taken.add(process(5, EmbeddingQueueTest::embed));
          return embed(model, batch);
        });

    assertEquals(List.of(0), taken);
    assertTrue(indexState(id).isCurrent());
  }

  @Test
  void keepsTheProvenanceOfEveryVector() {
    conversationOf(1);
    process(5, EmbeddingQueueTest::embed);

    List<String> provenance =
        work.in(
            scope,
            () ->
                database.query(
                    """
                    SELECT concat_ws(' ', m.name, length(m.revision), m.quantisation,
                      m.passage_prefix, m.query_prefix, m.dimensions) AS made_by
                    FROM turn_embedding e JOIN embedding_model m ON m.id = e.model_id
                    """,
                    row -> row.getString("made_by")));

    assertEquals(List.of("e5-small-v2 64 int8 passage:  query:  384"), provenance);
  }

  @Test
  void aQueryThatForgetsTheTenantSeesNothing() {
    conversationOf(2);
    process(5, EmbeddingQueueTest::embed);

    for (String table :
        List.of(
            "conversation",
            "turn",
            "posting",
            "turn_embedding",
            "idempotency_key",
            "turn_tier",
            "turn_pin",
            "turn_use",
            "dormant_embedding",
            "forgetting_policy",
            "forgetting_run",
            "conversation_event",
            "erasure",
            "spare_embedding",
            "reembedding",
            "forgetting_change")) {
      String everything = "SELECT 1 FROM " + table;
      assertEquals(
          List.of(),
          transactions.run(() -> database.query(everything, row -> row.getInt(1))),
          table + " without a tenant");
      Scope stranger = new Scope("t-" + UUID.randomUUID(), scope.deadline());
      assertEquals(
          List.of(),
          work.in(stranger, () -> database.query(everything, row -> row.getInt(1))),
          table + " as another tenant");
    }
    assertFalse(
        work.in(scope, () -> database.query("SELECT 1 FROM turn", row -> row.getInt(1))).isEmpty());
  }

  private int process(int limit, Work of) {
    return queue.process(limit, new UUID(0, 0), of).map(Served::turns).orElse(0);
  }

  private UUID conversationOf(int count) {
    return work.in(
        scope,
        () -> {
          UUID id = conversations.create(null, null, Map.of()).id();
          turns.append(
              id,
              IntStream.rangeClosed(1, count)
                  .mapToObj(i -> new NewTurn(Role.USER, null, "turn " + i, null, null, Map.of()))
                  .toList(),
              null);
          return id;
        });
  }

  private IndexState indexState(UUID id) {
    return work.in(scope, () -> turns.indexState(id));
  }

  private void makeAllDue() {
    setDue(Instant.EPOCH);
  }

  private void setDue(Instant due) {
    transactions.run(() -> database.update("UPDATE embedding_task SET due_at = ?", due));
  }

  private static Work remembering(List<Long> seen, Work then) {
    return (model, batch) -> {
      batch.forEach(turn -> seen.add(turn.seq()));
      return then.embed(model, batch);
    };
  }

  private static List<Outcome> embed(EmbeddingModel model, List<Turn> batch) {
    float[] vector = new float[384];
    vector[0] = 1;
    return batch.stream().<Outcome>map(t -> new Outcome.Embedded(t.seq(), vector, MODEL)).toList();
  }

  private static List<Outcome> fail(EmbeddingModel model, List<Turn> batch) {
    return batch.stream().<Outcome>map(t -> new Outcome.Failed(t.seq(), "no luck")).toList();
  }
}
