package dev.espalier.search.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final Price PRICE = new Price(1_000_000, 2_000_000);

  private static SearchEvent started(int call, boolean isRetry) {
    return new SearchEvent.CallStarted(
        call, 0, CallKind.PROPOSE, new Usage(10, 30, true), PRICE, isRetry, 5);
  }

  private static SearchEvent ended(int call, long completion, String failure) {
    Usage usage = new Usage(10, completion, false);
    return new SearchEvent.CallEnded(call, usage, PRICE.of(usage), failure, 9, List.of());
  }

  private static Candidate candidate(String text, int tokens) {
    return new Candidate(text, null, tokens, false, null);
  }

  @Test
  void takesWhatWasMergedAwayOutOfWhatWasProposed() {
    // Given
    List<Candidate> candidates =
        List.of(candidate("a", 4), candidate("a ", 5), candidate("A", 6), candidate("b", 7));
    Grouping grouping =
        new Grouping(
            List.of(
                new StepClass(0, List.of(0, 1, 2), null, List.of()),
                new StepClass(3, List.of(3), null, List.of())),
            "detector",
            null);
    // When
    Ledger ledger =
        Ledger.of(
            List.of(
                started(0, false),
                ended(0, 22, null),
                new SearchEvent.Proposed(0, 0, candidates),
                new SearchEvent.Grouped(1, 0, grouping)));
    // Then
    assertEquals(new Usage(10, 11, false), ledger.of(Cause.PROPOSED).usage());
    assertEquals(new Usage(0, 5, false), ledger.of(Cause.VERBATIM_DUPLICATE).usage());
    assertEquals(new Usage(0, 6, false), ledger.of(Cause.EQUIVALENCE_PRUNED).usage());
    assertEquals(12, ledger.of(Cause.EQUIVALENCE_PRUNED).money(), 1e-9);
    assertEquals(new Spending(1, new Usage(10, 22, false), 54), ledger.total());
  }

  @Test
  void tellsFailuresThatWereRetriedFromThoseThatWereNot() {
    // When
    Ledger ledger =
        Ledger.of(
            List.of(
                started(0, false),
                ended(0, 0, "upstream.timeout"),
                started(1, true),
                ended(1, 1, "upstream.timeout")));
    // Then
    assertEquals(new Usage(10, 0, false), ledger.of(Cause.RETRIED).usage());
    assertEquals(1, ledger.of(Cause.RETRIED).calls());
    assertEquals(new Usage(10, 1, false), ledger.of(Cause.FAILED).usage());
    assertEquals(2, ledger.total().calls());
  }

  @Test
  void writesOffWhatTheNextWorkerFindsOpen() {
    // Given
    Ledger ledger = Ledger.of(List.of(started(0, false)));
    assertEquals(40, ledger.reserved().usage().total());
    // When
    ledger.apply(new SearchEvent.Claimed("next", 2));
    // Then
    assertEquals(0, ledger.reserved().calls());
    assertEquals(new Spending(1, new Usage(10, 30, true), 70), ledger.of(Cause.LOST));
    assertEquals(1, ledger.nextCall());
    assertEquals(5, ledger.activeMillis());
  }
}
