package dev.espalier.memory.evaluation.recall;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The share of a question's evidence that was brought back, in per cent. */
final class EvidenceRecall {

  private EvidenceRecall() {}

  static double at(int k, Set<Long> evidence, List<Long> ranking) {
    return of(evidence, ranking.subList(0, Math.min(k, ranking.size())));
  }

  static double of(Set<Long> evidence, Collection<Long> found) {
    return 100.0 * evidence.stream().filter(found::contains).count() / evidence.size();
  }

  /** What a perfect ranking would reach: less than all when there is more evidence than k. */
  static double ceiling(int k, Set<Long> evidence) {
    return 100.0 * Math.min(k, evidence.size()) / evidence.size();
  }
}
