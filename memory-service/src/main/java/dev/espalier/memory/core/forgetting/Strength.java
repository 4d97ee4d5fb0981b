package dev.espalier.memory.core.forgetting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a turn is worth, and why.
 *
 * @param total the sum of the parts; comparable within one conversation and policy
 * @param parts what each consideration adds or takes
 * @param duplicateOf the stronger turn that says the same, if there is one
 */
public record Strength(double total, Map<String, Double> parts, @Nullable Long duplicateOf) {

  public Strength {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  static Strength of(Map<String, Double> parts) {
    double total = 0;
    for (double part : parts.values()) {
      total += part;
    }
    return new Strength(total, parts, null);
  }

  Strength lessRedundancy(double part, long of) {
    Map<String, Double> with = new LinkedHashMap<>(parts);
    with.put("redundancy", -part);
    return new Strength(total - part, with, of);
  }
}
