package dev.espalier.memory.evaluation.recall;

import dev.espalier.measuring.stats.Bootstrap;
import dev.espalier.measuring.stats.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What every question reached by every measure, such as {@code hybrid r@5}. */
final class Scores {

  private final Map<String, List<Score>> byMeasure = new LinkedHashMap<>();

  /**
   * @param dialogue whose question it is: the intervals draw whole dialogues
   */
  void add(String measure, String dialogue, Category category, double percent) {
    byMeasure
        .computeIfAbsent(measure, it -> new ArrayList<>())
        .add(new Score(dialogue, category, percent));
  }

  Set<String> measures() {
    return byMeasure.keySet();
  }

  int questions(@Nullable Category category) {
    return byMeasure.values().stream()
        .mapToInt(scores -> (int) of(scores.stream(), category).count())
        .max()
        .orElse(0);
  }

  /**
   * The mean of a measure over the questions.
   *
   * @param category null takes all questions
   */
  Interval mean(String measure, @Nullable Category category, long seed) {
    Map<String, List<Double>> byDialogue = new LinkedHashMap<>();
    of(byMeasure.getOrDefault(measure, List.of()).stream(), category)
        .forEach(
            score ->
                byDialogue
                    .computeIfAbsent(score.dialogue(), it -> new ArrayList<>())
                    .add(score.percent()));
    double[][] clusters =
        byDialogue.values().stream()
            .map(values -> values.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    return Bootstrap.mean(clusters, seed);
  }

  private static Stream<Score> of(Stream<Score> scores, @Nullable Category category) {
    return scores.filter(score -> category == null || score.category() == category);
  }

  private record Score(String dialogue, Category category, double percent) {}
}
