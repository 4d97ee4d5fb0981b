package dev.espalier.search.core.run;

import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import dev.espalier.search.core.tree.StepClass;
import org.jspecify.annotations.Nullable;

/**
 * What was merged.
 *
 * @param groupsMerged classes of more than one sample
 * @param stepsMerged samples that another one stands for
 * @param statesRepeated nodes for which one on another branch is explored
 * @param degraded expansions that the detector did not group, because it was away
 * @param detector name, version and threshold of what decided last, or null
 * @param unavailable why the detector grouped nothing at all, or null
 */
public record Pruning(
    PruningMode mode,
    int groupsMerged,
    int stepsMerged,
    int statesRepeated,
    int degraded,
    @Nullable String detector,
    @Nullable String unavailable) {

  static Pruning of(PruningMode mode, SearchTree tree) {
    int groups = 0;
    int steps = 0;
    int repeated = 0;
    int degraded = 0;
    String detector = null;
    String unavailable = null;
    for (Node node : tree.nodes()) {
      repeated += node.sameAs().isPresent() ? 1 : 0;
      Grouping grouping = node.grouping();
      if (grouping == null) {
        continue;
      }
      for (StepClass stepClass : grouping.classes()) {
        groups += stepClass.multiplicity() > 1 ? 1 : 0;
        steps += stepClass.multiplicity() - 1;
      }
      if (grouping.detector() != null) {
        detector = grouping.detector();
      }
      if (grouping.unavailable() != null) {
        degraded++;
        unavailable = grouping.unavailable();
      }
    }
    return new Pruning(
        mode, groups, steps, repeated, degraded, detector, detector == null ? unavailable : null);
  }
}
