package dev.espalier.search.core.run;

import dev.espalier.search.core.event.EventLog;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.ScorerSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Searches for tests. */
final class Runs {

  static final Limits UNLIMITED = new Limits(null, null, null, null, null, null);
  static final Executor IN_TURN = Runnable::run;

  private Runs() {}

  static SearchSpec spec(StrategySpec strategy, boolean hasTranspositions, long seed) {
    return spec(strategy, hasTranspositions, seed, UNLIMITED);
  }

  static SearchSpec spec(
      StrategySpec strategy, boolean hasTranspositions, long seed, Limits limits) {
    return new SearchSpec(
        "reach 7",
        strategy,
        new ProposerSpec("chat", null, null, null, null),
        new ScorerSpec("prm", null),
        new PruningSpec(PruningMode.EQUIVALENCE, null, hasTranspositions),
        limits,
        seed);
  }

  /** Any of the three strategies, small. */
  static StrategySpec strategy(int i) {
    return switch (i % 3) {
      case 0 -> new StrategySpec.MonteCarlo(6, 4, 5, 1.25);
      case 1 -> new StrategySpec.Beam(3, 4, 5);
      default -> new StrategySpec.BestOfN(9, 5);
    };
  }

  static SearchRun run(
      SearchSpec spec, SearchPorts ports, EventLog log, List<SearchEvent> history) {
    return run(spec, ports, log, history, IN_TURN);
  }

  static SearchRun run(
      SearchSpec spec,
      SearchPorts ports,
      EventLog log,
      List<SearchEvent> history,
      Executor executor) {
    return new SearchRun(
        spec,
        ports,
        log,
        history,
        SearchSettings.DEFAULT,
        new MonotonicClock(),
        executor,
        "tenant",
        "request",
        () -> false);
  }

  /** Keeps events in memory. */
  static final class MemoryLog implements EventLog {

    final List<SearchEvent> events = new ArrayList<>();

    MemoryLog(List<SearchEvent> history) {
      events.addAll(history);
    }

    MemoryLog() {
      this(List.of());
    }

    @Override
    public synchronized void append(List<SearchEvent> more, boolean isUrgent) {
      events.addAll(more);
    }
  }
}
