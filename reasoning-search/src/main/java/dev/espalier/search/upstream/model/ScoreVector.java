package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The score of the last step in what a reward model says of a text: a number; a number, or a pair
 * of "wrong" and "right", for each step; the last one counts.
 */
final class ScoreVector {

  private ScoreVector() {}

  /** In 0-1, or nothing where it is not finite or has another shape. */
  static OptionalDouble last(JsonNode data, boolean givesLogits) {
    if (data.isNumber()) {
      return bounded(data.doubleValue(), givesLogits);
    }
    JsonNode last = data.isArray() && !data.isEmpty() ? data.get(data.size() - 1) : data;
    return last.isArray() ? vector(last, givesLogits) : scalar(last, givesLogits);
  }

  private static OptionalDouble scalar(JsonNode value, boolean givesLogits) {
    return value.isNumber() ? bounded(value.doubleValue(), givesLogits) : OptionalDouble.empty();
  }

  private static OptionalDouble vector(JsonNode vector, boolean givesLogits) {
    List<Double> values = new ArrayList<>();
    vector.forEach(value -> values.add(value.isNumber() ? value.doubleValue() : Double.NaN));
    if (values.size() == 1) {
      return bounded(values.get(0), givesLogits);
    }
    if (values.size() != 2 || !values.stream().allMatch(Double::isFinite)) {
      return OptionalDouble.empty();
    }
    // The softmax of two logits is the logistic function of their difference.
    return givesLogits
        ? bounded(values.get(1) - values.get(0), true)
        : bounded(values.get(1), false);
  }

  private static OptionalDouble bounded(double value, boolean isLogit) {
    if (!Double.isFinite(value)) {
      return OptionalDouble.empty();
    }
    double score = isLogit ? 1 / (1 + Math.exp(-value)) : value;
    return OptionalDouble.of(Math.max(0, Math.min(1, score)));
  }
}
