package dev.espalier.search.upstream.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mean of log-probabilities, or null where one is missing or cannot be one. */
final class LogProbability {

  /** Rounding makes probabilities a little larger than 1. */
  private static final double ROUNDING = 1e-3;

  private LogProbability() {}

  static @Nullable Double mean(List<JsonNode> logProbabilities) {
    double sum = 0;
    for (JsonNode value : logProbabilities) {
      double logProbability = value.isNumber() ? value.doubleValue() : Double.NaN;
      if (!(logProbability <= ROUNDING) || Double.isInfinite(logProbability)) {
        return null;
      }
      sum += Math.min(0, logProbability);
    }
    return logProbabilities.isEmpty() ? null : sum / logProbabilities.size();
  }
}
