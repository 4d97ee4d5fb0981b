package dev.espalier.search.core.strategy;

import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.ScorerSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Steps a strategy by hand. */
final class Steps {

  private Steps() {}

  static SearchSpec spec(StrategySpec strategy) {
    return new SearchSpec(
        "problem",
        strategy,
        new ProposerSpec("chat", null, null, null, null),
        new ScorerSpec("prm", null),
        new PruningSpec(PruningMode.EQUIVALENCE, null, false),
        new Limits(null, null, null, null, null, null),
        7);
  }

  /** The only need of the round. */
  static <T extends Need> T only(SearchStrategy strategy, Class<T> type) {
    List<Need> needs = strategy.next();
    if (needs.size() != 1) {
      throw new AssertionError("not one need: " + needs);
    }
    return type.cast(needs.get(0));
  }

  /** A text that starts with an equals sign ends the solution. */
  static Answer proposed(String... texts) {
    return new Answer.Proposed(
        Stream.of(texts)
            .map(text -> new Candidate(text, null, 1, text.startsWith("="), null))
            .toList());
  }

  /** Classes by their members, the first of which represents each. */
  static Answer grouped(int[]... classes) {
    return new Answer.Grouped(
        new Grouping(
            Stream.of(classes)
                .map(
                    members ->
                        new StepClass(
                            members[0], Arrays.stream(members).boxed().toList(), null, List.of()))
                .toList(),
            null,
            null));
  }

  static Answer scored(Double... scores) {
    return new Answer.Scored(List.of(scores));
  }

  static int[] of(int... members) {
    return members;
  }
}
