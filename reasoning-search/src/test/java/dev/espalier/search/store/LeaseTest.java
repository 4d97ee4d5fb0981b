package dev.espalier.search.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.persistence.Database;
import dev.espalier.persistence.Lease;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.event.StaleWorkerException;
import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.run.SearchState;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.ScorerSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Evidence;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ParkedWorkers.class)
class LeaseTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final BooleanSupplier GO_ON = () -> false;

  private static final SearchSpec SPEC =
      new SearchSpec(
          "4 5 6 10",
          new StrategySpec.MonteCarlo(2, 2, 4, 1.25),
          new ProposerSpec("arithmetic", null, null, null, 0.1),
          new ScorerSpec("arithmetic_check", null),
          new PruningSpec(PruningMode.VERBATIM, null, false),
          new Limits(100L, null, Duration.ofSeconds(7), 1.5, 10, null),
          3);

  @Inject SearchStore searches;
  @Inject SearchTasks tasks;
  @Inject HeldSearches held;
  @Inject EventCodec codec;
  @Inject TenantTransactions transactions;
  @Inject Database database;

  private final String tenant = "t-" + UUID.randomUUID();

  @BeforeEach
  void startWithoutTasks() {
    transactions.run(() -> database.update("DELETE FROM search_task"));
  }

  @Test
  void aWorkerThatWasSuspendedCannotWriteOverItsSuccessor() {
    // Given
    UUID id = create(tenant);
    Lease early = claim("early");
    HeldSearch old = open(early);
    loseHeartbeats();
    Lease late = claim("late");
    HeldSearch now = open(late);

    // When
    assertThrows(StaleWorkerException.class, () -> old.log().append(List.of(started(0)), true));
    assertThrows(
        StaleWorkerException.class,
        () -> old.finish(SearchState.replay(old.spec(), old.history())));

    // Then
    assertTrue(late.fence() > early.fence());
    now.log().append(List.of(started(0)), true);
    List<SearchEvent> history = in(tenant, () -> searches.history(id));
    assertEquals(
        List.of(
            new SearchEvent.Claimed("early", early.fence()),
            new SearchEvent.Claimed("late", late.fence()),
            started(0)),
        history);
    System.out.println("stale writes: 0 of 2");
  }

  @Test
  void keepsCheapEventsBackUntilOneThatCosts() {
    UUID id = create(tenant);
    HeldSearch search = open(claim("w"));

    search.log().append(List.of(new SearchEvent.Scored(1, 0, List.of(.5))), false);
    assertEquals(1, in(tenant, () -> searches.history(id)).size());
    search.log().append(List.of(started(0)), true);

    assertEquals(3, in(tenant, () -> searches.history(id)).size());
  }

  @Test
  void storesTheEndAndTheResultTogether() {
    UUID id = create(tenant);
    HeldSearch search = open(claim("w"));
    SearchEvent end = new SearchEvent.Finished(StopReason.COMPLETED, 12);
    search.log().append(List.of(end), true);
    assertEquals(1, in(tenant, () -> searches.history(id)).size(), "the end waits for the result");

    List<SearchEvent> all = new ArrayList<>(search.history());
    all.add(end);
    search.finish(SearchState.replay(SPEC, all));

    StoredSearch stored = in(tenant, () -> searches.find(id)).orElseThrow();
    assertEquals(SearchStatus.COMPLETED, stored.status());
    assertEquals(12, stored.summary().activeMillis());
    assertEquals(SPEC, stored.spec());
    assertTrue(tasks.leases().claim("w", LONG).isEmpty(), "nothing is left to do");
  }

  @Test
  void letsNoCallThroughWhenItIsToStopButWritesWhatWasPaid() {
    UUID id = create(tenant);
    Lease lease = claim("w");
    HeldSearch search = held.open(lease, "w", () -> true, () -> {}).orElseThrow();

    assertThrows(StaleWorkerException.class, () -> search.log().append(List.of(started(0)), true));
    search.log().append(List.of(new SearchEvent.Scored(1, 0, List.of(.5))), true);

    assertEquals(2, in(tenant, () -> searches.history(id)).size());
  }

  @Test
  void sharesWorkersFairlyBetweenTenants() {
    String busy = "t-" + UUID.randomUUID();
    for (int i = 0; i < 5; i++) {
      create(busy);
    }
    create(tenant);

    List<String> claimed = List.of(claim("w").tenant(), claim("w").tenant());

    assertEquals(Set.of(busy, tenant), Set.copyOf(claimed));
  }

  @Test
  void aHeartbeatKeepsATaskAndSaysWhichAreLost() {
    create(tenant);
    Lease lease = claim("w");

    assertEquals(Set.of(lease.id()), tasks.leases().extend(List.of(lease), LONG));
    loseHeartbeats();
    claim("other");

    assertEquals(Set.of(), tasks.leases().extend(List.of(lease), LONG));
  }

  @Test
  void everyKindOfEventComesBackAsItWas() {
    Usage usage = new Usage(1, 2, true);
    Candidate candidate = new Candidate("a + b", -.5, 3, true, "s");
    StepClass pair =
        new StepClass(
            0,
            List.of(0, 1),
            "x",
            List.of(new Evidence(0, 1, .9, "claims", "equal", List.of("c"))));
    List<SearchEvent> events =
        List.of(
            new SearchEvent.Claimed("w", 7),
            started(1),
            new SearchEvent.CallEnded(1, usage, .25, "upstream.timeout", 9, List.of(candidate)),
            new SearchEvent.CallEnded(2, usage, .25, null, 9, List.of()),
            new SearchEvent.Proposed(
                1, 0, List.of(candidate, new Candidate("b", null, 0, false, null))),
            new SearchEvent.Grouped(2, 0, new Grouping(List.of(pair), "d", null)),
            new SearchEvent.Scored(3, 0, List.of(.1, 1.0)),
            new SearchEvent.NeedFailed(4, 0, "upstream.timeout", "late"),
            new SearchEvent.AnswerFound(5, "42", .5),
            new SearchEvent.Finished(StopReason.SOLVED, 10));

    List<SearchEvent> read =
        events.stream().map(event -> codec.decode(codec.encode(1, event))).toList();

    assertEquals(events, read);
  }

  @Test
  void aQueryThatForgetsTheTenantSeesNothing() {
    create(tenant);
    open(claim("w"));

    for (String table : List.of("search", "search_event", "search_batch", "idempotency_key")) {
      String everything = "SELECT 1 FROM " + table;
      assertEquals(
          List.of(), transactions.run(() -> database.query(everything, row -> row.getInt(1))));
    }
  }

  private static SearchEvent started(int call) {
    return new SearchEvent.CallStarted(
        call, 0, CallKind.PROPOSE, new Usage(10, 20, true), Price.FREE, false, 5);
  }

  private UUID create(String of) {
    return in(of, () -> searches.create(SPEC, Map.of()).id());
  }

  private Lease claim(String worker) {
    return tasks.leases().claim(worker, LONG).orElseThrow();
  }

  private HeldSearch open(Lease lease) {
    String worker = lease.fence() == 1 ? "early" : "late";
    return held.open(lease, worker, GO_ON, () -> {}).orElseThrow();
  }

  private void loseHeartbeats() {
    transactions.run(() -> database.update("UPDATE search_task SET lease_until = now()"));
  }

  private <T> T in(String of, Supplier<T> work) {
    return transactions.in(of, Instant.now().plusSeconds(30), work);
  }
}
