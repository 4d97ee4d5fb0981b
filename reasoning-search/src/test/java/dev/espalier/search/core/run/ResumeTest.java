package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.Cause;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A search that is cut off after any of its events goes on to the same end. */
class ResumeTest {

  private static final int SEEDS = 12;

  @TestFactory
  List<DynamicTest> resumesAtEveryEventAsIfNothingHadHappened() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      int s = seed;
      tests.add(DynamicTest.dynamicTest("seed " + s, () -> resumesAtEveryEvent(s)));
    }
    return tests;
  }

  private static void resumesAtEveryEvent(int seed) {
    // Given
    SearchSpec spec = Runs.spec(Runs.strategy(seed), seed % 2 == 0, seed);
    Runs.MemoryLog whole = new Runs.MemoryLog();
    SearchState expected = Runs.run(spec, world(seed).ports(), whole, List.of()).run();
    int repeated = 0;
    for (int cut = 0; cut <= whole.events.size(); cut++) {
      List<SearchEvent> history = new ArrayList<>(whole.events.subList(0, cut));
      Set<Integer> met = met(history);
      history.add(new SearchEvent.Claimed("next", cut));
      World world = world(seed);
      Runs.MemoryLog log = new Runs.MemoryLog(history);
      // When
      SearchState state = Runs.run(spec, world.ports(), log, history).run();
      // Then
      assertSame(expected, state, "cut at " + cut);
      assertSame(expected, SearchState.replay(spec, log.events), "replayed, cut at " + cut);
      TreeInvariants.validate(state.tree());
      assertTrue(
          world.proposalsAsked.keySet().stream().noneMatch(met::contains),
          "a paid need was asked again at " + cut);
      assertTrue(state.ledger().of(Cause.LOST).calls() <= 1, "more than the call in flight");
      repeated += (int) state.ledger().of(Cause.LOST).calls();
      assertEquals(SearchState.replay(spec, log.events).ledger().total(), state.ledger().total());
    }
    System.out.printf(
        "seed %d: %d cuts, %d calls repeated%n", seed, whole.events.size() + 1, repeated);
  }

  private static World world(int seed) {
    World world = new World(seed, 4);
    world.hasLogProbabilities = seed % 3 != 1;
    world.retries = seed % 4 == 3 ? 0.4 : 0;
    world.proposalFailures = seed % 4 == 2 ? 0.15 : 0;
    world.scoreFailures = seed % 5 == 2 ? 0.1 : 0;
    return world;
  }

  private static Set<Integer> met(List<SearchEvent> events) {
    Set<Integer> needs = new HashSet<>();
    for (SearchEvent event : events) {
      if (event instanceof SearchEvent.Proposed proposed) {
        needs.add(proposed.need());
      }
    }
    return needs;
  }

  static void assertSame(SearchState expected, SearchState state, String when) {
    assertEquals(describe(expected), describe(state), when);
    assertEquals(expected.answers(), state.answers(), when);
    assertEquals(expected.best(), state.best(), when);
    assertEquals(expected.stoppedBecause(), state.stoppedBecause(), when);
    assertEquals(expected.pruning(), state.pruning(), when);
  }

  static String describe(SearchState state) {
    StringBuilder text = new StringBuilder();
    for (Node node : state.tree().nodes()) {
      text.append(node.id())
          .append(" < ")
          .append(node.parent())
          .append(' ')
          .append(state.tree().steps(node))
          .append(" p ")
          .append(node.prior())
          .append(" s ")
          .append(node.score())
          .append(" n ")
          .append(node.visits())
          .append(" v ")
          .append(node.valueSum())
          .append(' ')
          .append(node.sameAs())
          .append(node.answer())
          .append(node.stage())
          .append(node.isDead())
          .append('\n');
    }
    return text.toString();
  }

  @Test
  void asksOnlyForTheSamplesThatAreMissing() {
    // Given a proposer that asks for one sample at a time, cut off after the second
    SearchSpec spec = Runs.spec(Runs.strategy(0), false, 5);
    World first = new World(5, 4);
    first.isAskedSingly = true;
    Runs.MemoryLog whole = new Runs.MemoryLog();
    Runs.run(spec, first.ports(), whole, List.of()).run();
    List<SearchEvent> history = new ArrayList<>(whole.events.subList(0, 5));
    history.add(new SearchEvent.Claimed("next", 2));
    World second = new World(5, 4);
    second.isAskedSingly = true;
    Runs.MemoryLog log = new Runs.MemoryLog(history);
    // When
    SearchState state = Runs.run(spec, second.ports(), log, history).run();
    // Then
    List<Candidate> kept = state.tree().root().candidates();
    List<Candidate> sampled = whole.events.stream().limit(4).flatMap(ResumeTest::samples).toList();
    assertEquals(2, sampled.size());
    assertEquals(sampled, kept.subList(0, 2));
    assertEquals(4, kept.size());
    assertEquals(1, state.ledger().of(Cause.LOST).calls());
    long calls =
        log.events.stream()
            .filter(e -> e instanceof SearchEvent.CallStarted call && call.need() == 0)
            .count();
    assertEquals(5, calls);
  }

  private static Stream<Candidate> samples(SearchEvent event) {
    return event instanceof SearchEvent.CallEnded ended ? ended.samples().stream() : Stream.empty();
  }
}
