package dev.espalier.search.evaluation.arms;

import dev.espalier.search.core.group.EverythingGrouper;
import dev.espalier.search.core.group.NoGrouper;
import dev.espalier.search.core.group.VerbatimGrouper;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One way to merge siblings; all else is the same in every arm.
 *
 * @param name as in the report
 * @param hasTranspositions whether states of other branches are merged too
 */
public record Arm(String name, PruningMode mode, StepGrouper grouper, boolean hasTranspositions) {

  public static final Arm NONE = new Arm("none", PruningMode.NONE, new NoGrouper(), false);
  public static final Arm VERBATIM =
      new Arm("verbatim", PruningMode.VERBATIM, new VerbatimGrouper(), false);

  /** A floor: what is lost when everything that may be merged is. */
  public static final Arm EVERYTHING =
      new Arm("everything", PruningMode.EVERYTHING, new EverythingGrouper(), false);

  /** By the shipped detector. */
  public static Arm equivalence(StepGrouper detector) {
    return new Arm("equivalence", PruningMode.EQUIVALENCE, detector, false);
  }

  /** By the shipped detector, across branches too. */
  public static Arm transpositions(StepGrouper detector) {
    return new Arm("equivalence+transpositions", PruningMode.EQUIVALENCE, detector, true);
  }

  /** By the exact truth, where there is one. */
  public static Arm oracle(StepGrouper exact) {
    return new Arm("oracle", PruningMode.EQUIVALENCE, exact, false);
  }

  public PruningSpec pruning() {
    return new PruningSpec(mode, null, hasTranspositions);
  }

  /**
   * Those of the arms whose names a list holds.
   *
   * @param names separated by commas, or null for all
   */
  public static List<Arm> named(@Nullable String names, Arm... arms) {
    List<String> wanted = names == null ? List.of() : List.of(names.split(","));
    return Stream.of(arms).filter(arm -> names == null || wanted.contains(arm.name())).toList();
  }
}
