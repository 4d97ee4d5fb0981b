package dev.espalier.kg.core.train;

import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.model.Weights;
import java.util.List;

/**
 * A training between two epochs: with the same graph, going on from here gives the same bytes as
 * never having stopped. The random numbers of an epoch depend on seed and epoch alone.
 *
 * @param config of the model
 * @param training how it is trained
 * @param seed of every random choice
 * @param parameters now
 * @param firstMoment of Adam
 * @param secondMoment of Adam
 * @param steps that Adam took
 * @param average the running mean of the parameters
 * @param best the average at the end of the best epoch so far
 * @param history of all epochs so far
 */
public record TrainingState(
    ModelConfig config,
    TrainingConfig training,
    long seed,
    float[] parameters,
    float[] firstMoment,
    float[] secondMoment,
    long steps,
    float[] average,
    float[] best,
    List<EpochReport> history) {

  /**
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public TrainingState {
    int size = parameters.length;
    if (firstMoment.length != size
        || secondMoment.length != size
        || average.length != size
        || best.length != size) {
      throw new IllegalArgumentException("a training state with arrays of different length");
    }
    history = List.copyOf(history);
  }

  /** Before the first epoch. */
  public static TrainingState initial(
      ModelConfig config, TrainingConfig training, int relations, long seed) {
    float[] values = Weights.initial(config, relations, seed);
    int size = values.length;
    return new TrainingState(
        config,
        training,
        seed,
        values,
        new float[size],
        new float[size],
        0,
        values.clone(),
        values.clone(),
        List.of());
  }

  /** Epochs that were finished. */
  public int epoch() {
    return history.size();
  }

  /** The best epoch so far, from 1; 0 for none. */
  public int bestEpoch() {
    return history.stream().filter(EpochReport::best).mapToInt(EpochReport::epoch).max().orElse(0);
  }

  /** The best validation MRR so far; 0 for none. */
  public double bestMrr() {
    return history.stream().mapToDouble(EpochReport::validationMrr).max().orElse(0);
  }

  /** Wall-clock time spent so far. */
  public double seconds() {
    return history.stream().mapToDouble(EpochReport::seconds).sum();
  }

  /** Whether training is over: all epochs, or too long without a better one. */
  public boolean isFinished() {
    return epoch() >= training.epochs() || epoch() - bestEpoch() >= training.patience();
  }
}
