package dev.espalier.search.core.score;

import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepScorer;
import java.util.List;

/** A class counts as promising as often as it was sampled: self-consistency, step by step. */
public final class FrequencyScorer implements StepScorer {

  /** The share of each class in the samples of its node. */
  @Override
  public List<Double> score(String problem, Need.Score need, CallContext context) {
    double samples = need.multiplicities().stream().mapToInt(Integer::intValue).sum();
    return need.multiplicities().stream().map(multiplicity -> multiplicity / samples).toList();
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
