package dev.espalier.memory.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Merges rankings whose scores are not comparable. */
public final class ReciprocalRankFusion {

  /*
   * Cormack, Clarke and Büttcher, SIGIR 2009: score(d) = sum over rankings of 1 / (k + rank(d)),
   * ranks from 1. The paper uses k = 60 over rankings of a thousand documents; conversations are
   * shorter and the two rankings agree on little, so the top of each must count for more: evidence
   * recall is flat for k between 5 and 20 and falls above. Cost: O(n log n) in the hits.
   */
  private static final double K = 10;

  private ReciprocalRankFusion() {}

  /**
   * @param rankings one list per index, best first; the map's keys name the indexes
   * @return every turn of any ranking by falling fused score, ties by falling sequence
   */
  public static List<Fused> fuse(Map<String, List<Ranked>> rankings) {
    Map<Long, Map<String, Part>> parts = new HashMap<>();
    rankings.forEach(
        (index, ranking) -> {
          for (int i = 0; i < ranking.size(); i++) {
            Ranked hit = ranking.get(i);
            parts
                .computeIfAbsent(hit.seq(), seq -> new TreeMap<>())
                .put(index, new Part(i + 1, hit.score(), 1 / (K + i + 1)));
          }
        });
    List<Fused> fused = new ArrayList<>(parts.size());
    parts.forEach(
        (seq, of) ->
            fused.add(
                new Fused(seq, of.values().stream().mapToDouble(Part::contribution).sum(), of)));
    fused.sort(
        Comparator.comparingDouble(Fused::score)
            .reversed()
            .thenComparing(Comparator.comparingLong(Fused::seq).reversed()));
    return fused;
  }

  /**
   * What one index said of a turn.
   *
   * @param rank from 1
   * @param score the index's own score
   * @param contribution what the rank adds to the fused score
   */
  public record Part(int rank, double score, double contribution) {}

  /** A turn with its fused score, and the parts that make it up by index. */
  public record Fused(long seq, double score, Map<String, Part> parts) {}
}
