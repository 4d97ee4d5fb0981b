package dev.espalier.equivalence.training;

import dev.espalier.equivalence.core.text.Similarity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** What simple detectors reach on the same pairs. */
final class Baselines {

  private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?|\\.\\d+");

  private Baselines() {}

  /** A baseline's name and its quality; a tuned one has its threshold fitted on the test itself. */
  static Map<String, Quality> of(List<Example> examples, long seed) {
    Map<String, Quality> table = new LinkedHashMap<>();
    List<Quality.Scored> edit =
        scored(examples, e -> Similarity.editRatio(e.pair().a(), e.pair().b()));
    table.put("Levenshtein ratio > .95", Quality.at(0.95, edit, seed));
    table.put("Levenshtein ratio > .75", Quality.at(0.75, edit, seed));
    table.put("Levenshtein, tuned", Quality.at(Quality.bestThreshold(edit), edit, seed));
    List<Quality.Scored> multiset =
        scored(examples, e -> numbers(e.pair().a()).equals(numbers(e.pair().b())) ? 1 : 0);
    table.put("same multiset of numbers", Quality.at(0.5, multiset, seed));
    List<Quality.Scored> set =
        scored(examples, e -> distinct(e.pair().a()).equals(distinct(e.pair().b())) ? 1 : 0);
    table.put("same set of numbers", Quality.at(0.5, set, seed));
    List<Quality.Scored> cosine = scored(examples, Example::cosine);
    table.put("encoder cosine, tuned", Quality.at(Quality.bestThreshold(cosine), cosine, seed));
    return table;
  }

  private static List<Quality.Scored> scored(
      List<Example> examples, ToDoubleFunction<Example> score) {
    List<Quality.Scored> scored = new ArrayList<>();
    for (Example e : examples) {
      scored.add(
          new Quality.Scored(e.pair().problem(), e.pair().equivalent(), score.applyAsDouble(e)));
    }
    return scored;
  }

  private static List<Double> numbers(String step) {
    return NUMBER
        .matcher(step.replaceAll("(?<=\\d),(?=\\d{3})", ""))
        .results()
        .map(number -> Double.valueOf(number.group()))
        .sorted()
        .toList();
  }

  private static Set<Double> distinct(String step) {
    return Set.copyOf(numbers(step));
  }
}
