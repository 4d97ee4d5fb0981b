package dev.espalier.search.evaluation.arms;

import dev.espalier.search.core.answer.StatedAnswers;
import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.run.MonotonicClock;
import dev.espalier.search.core.run.SearchPorts;
import dev.espalier.search.core.run.SearchRun;
import dev.espalier.search.core.run.SearchSettings;
import dev.espalier.search.core.run.SearchState;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.ScorerSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Searches the same problems in several arms.
 *
 * @param scorerName the scorer's type in the specification of a search
 * @param seed each problem's own is derived from it, and is the same in all arms
 */
public record Experiment(
    StrategySpec strategy, String scorerName, StepScorer scorer, Limits limits, long seed) {

  public static final Limits UNLIMITED = new Limits(null, null, null, null, null, null);

  /** The same with so many tokens for each search. */
  public Experiment within(long tokens) {
    return new Experiment(
        strategy, scorerName, scorer, new Limits(tokens, null, null, null, null, null), seed);
  }

  /** One outcome for each task, in order. */
  public List<Outcome> run(Arm arm, List<Task> tasks) {
    return IntStream.range(0, tasks.size())
        .parallel()
        .mapToObj(i -> run(arm, tasks.get(i), seed + i))
        .toList();
  }

  private Outcome run(Arm arm, Task task, long ownSeed) {
    SearchSpec spec =
        new SearchSpec(
            task.problem(),
            strategy,
            new ProposerSpec("evaluation", null, null, null, null),
            new ScorerSpec(scorerName, null),
            arm.pruning(),
            limits,
            ownSeed);
    SearchState state =
        new SearchRun(
                spec,
                new SearchPorts(task.proposer(), scorer, arm.grouper(), new StatedAnswers()),
                (events, isUrgent) -> {},
                List.of(),
                SearchSettings.DEFAULT,
                new MonotonicClock(),
                Runnable::run,
                "evaluation",
                task.id(),
                () -> false)
            .run();
    StopReason reason = state.stoppedBecause().orElseThrow();
    if (reason == StopReason.UPSTREAM_FAILED) {
      throw new IllegalStateException("the environment failed at problem " + task.id());
    }
    return new Outcome(
        state.answer().filter(task.isRight()).isPresent(),
        state.ledger(),
        state.tree().size(),
        reason);
  }
}
