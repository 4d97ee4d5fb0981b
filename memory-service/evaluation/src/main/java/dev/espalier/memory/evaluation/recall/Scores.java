package dev.espalier.memory.evaluation.recall;

import dev.espalier.measuring.stats.Bootstrap;
import dev.espalier.measuring.stats.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What every question reached by every measure, such as {@code hybrid r@5}. */
final class Scores {

  private final Map<String, List<Score>> byMeasure = new LinkedHashMap<>();

  void add(String measure, Category category, double percent) {
    byMeasure.computeIfAbsent(measure, it -> new ArrayList<>()).add(new Score(category, percent));
  }

  Set<String> measures() {
    return byMeasure.keySet();
  }

  int questions(@Nullable Category category) {
    return byMeasure.values().stream()
        .findFirst()
        .map(scores -> values(scores.stream(), category).length)
        .orElse(0);
  }

  /**
   * The mean of a measure over the questions.
   *
   * @param category null takes all questions
   */
  Interval mean(String measure, @Nullable Category category, long seed) {
    Collection<Score> scores = byMeasure.getOrDefault(measure, List.of());
    return Bootstrap.mean(values(scores.stream(), category), seed);
  }

  private static double[] values(Stream<Score> scores, @Nullable Category category) {
    return scores
        .filter(score -> category == null || score.category() == category)
        .mapToDouble(Score::percent)
        .toArray();
  }

  private record Score(Category category, double percent) {}
}
