package dev.espalier.memory.core.forgetting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Judges what turns are worth, each by itself. */
sealed interface StrengthModel {

  /**
   * @param lastSeq the conversation's newest turn
   */
  Strength of(MemoryTrace trace, long lastSeq);

  static StrengthModel of(ForgettingPolicy policy, List<MemoryTrace> traces) {
    return switch (policy.strategy()) {
      case ACTIVATION -> ContentAndActivation.of(policy.weights(), traces);
      case HEMA -> new HemaSalience(policy.salience(), false);
      case HEMA_AS_PRINTED -> new HemaSalience(policy.salience(), true);
      case RANDOM -> new Lot(policy.seed());
    };
  }

  /**
   * Information content, base-level activation and use. On the development conversations 23 % of
   * the turns end by asking, and 9 % of those that hold evidence.
   *
   * @param mean the mean information content of the conversation's turns
   */
  record ContentAndActivation(Weights weights, double mean) implements StrengthModel {

    static ContentAndActivation of(Weights weights, List<MemoryTrace> traces) {
      double mean = traces.stream().mapToDouble(MemoryTrace::information).average().orElse(0);
      return new ContentAndActivation(weights, mean > 0 ? mean : 1);
    }

    @Override
    public Strength of(MemoryTrace trace, long lastSeq) {
      Map<String, Double> parts = new LinkedHashMap<>();
      parts.put("information", weights.information() * trace.information() / mean);
      double activation =
          BaseLevelActivation.of(trace.seq(), trace.uses(), lastSeq, weights.decay());
      parts.put("activation", weights.activation() * activation);
      parts.put("use", weights.use() * Math.log1p(trace.uses().count()));
      if (trace.isQuestion()) {
        parts.put("question", -weights.question());
      }
      return Strength.of(parts);
    }
  }

  /**
   * HEMA (arXiv 2504.16754), section 3: w = lambda e^(-gamma (t - t_i)) + beta (1 - delta_i), where
   * delta_i is 1 if the chunk was recalled. As printed, what was never recalled gets the bonus;
   * otherwise we give it to what was: beta delta_i.
   */
  record HemaSalience(Salience salience, boolean isAsPrinted) implements StrengthModel {

    @Override
    public Strength of(MemoryTrace trace, long lastSeq) {
      boolean isRecalled = trace.uses().count() > 0;
      Map<String, Double> parts = new LinkedHashMap<>();
      parts.put("age", salience.lambda() * Math.exp(-salience.gamma() * (lastSeq - trace.seq())));
      parts.put("recall", isRecalled != isAsPrinted ? salience.beta() : 0);
      return Strength.of(parts);
    }
  }

  /** A number drawn for each turn, the same for the same seed. */
  record Lot(long seed) implements StrengthModel {

    @Override
    public Strength of(MemoryTrace trace, long lastSeq) {
      double drawn = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + trace.seq()).nextDouble();
      return Strength.of(Map.of("lot", drawn));
    }
  }
}
