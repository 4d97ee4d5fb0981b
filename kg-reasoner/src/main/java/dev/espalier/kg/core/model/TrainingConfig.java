package dev.espalier.kg.core.model;

/**
 * How a model is trained.
 *
 * @param learningRate of Adam in the first epoch; it falls to nearly 0 by the last
 * @param decay of the learning rate per epoch, besides
 * @param weightDecay L2 penalty, added to the gradient
 * @param averaging of the parameters: what a step keeps of their running mean, which is the model;
 *     0 for the parameters themselves
 * @param dropout of aggregated states
 * @param batch queries per step
 * @param epochs at most
 * @param patience epochs without a better validation MRR after which training stops
 * @param queriesPerEpoch at most, drawn anew every epoch; 0 for all
 * @param validationQueries at most, the same in every epoch; 0 for all
 * @param keep new entities that a pruning expert keeps at a hop in training; 0 for as many as the
 *     model keeps
 * @param warmUpEpochs in which pruning is gentler: keep is doubled for each that is left
 * @param balance factor of the importance and load-balance losses
 * @param threads that work on a batch; the result does not depend on it
 */
public record TrainingConfig(
    double learningRate,
    double decay,
    double weightDecay,
    double averaging,
    double dropout,
    int batch,
    int epochs,
    int patience,
    int queriesPerEpoch,
    int validationQueries,
    int keep,
    int warmUpEpochs,
    double balance,
    int threads) {

  /**
   * @throws IllegalArgumentException that names the parameter and what it may be
   */
  public TrainingConfig {
    require(learningRate > 0 && learningRate <= 1, "learning_rate", "above 0, at most 1");
    require(decay > 0 && decay <= 1, "decay", "above 0, at most 1");
    require(weightDecay >= 0 && weightDecay <= 1, "weight_decay", "from 0 to 1");
    require(averaging >= 0 && averaging < 1, "averaging", "from 0 to below 1");
    require(dropout >= 0 && dropout < 0.95, "dropout", "from 0 to below .95");
    require(batch >= 1 && batch <= 10_000, "batch", "from 1 to 10000");
    require(epochs >= 1 && epochs <= 10_000, "epochs", "from 1 to 10000");
    require(patience >= 1, "patience", "1 or more");
    require(queriesPerEpoch >= 0, "queries_per_epoch", "0 or more");
    require(validationQueries >= 0, "validation_queries", "0 or more");
    require(keep >= 0 && keep <= 100_000, "training_keep", "from 0 to 100000");
    require(warmUpEpochs >= 0 && warmUpEpochs <= 8, "warm_up_epochs", "from 0 to 8");
    require(balance >= 0 && balance <= 10, "balance", "from 0 to 10");
    require(threads >= 1 && threads <= 64, "threads", "from 1 to 64");
  }

  /** For graphs of any kind. */
  public static TrainingConfig defaults() {
    return new TrainingConfig(0.003, 0.99, 1e-4, 0.99, 0.1, 20, 100, 10, 0, 2000, 0, 1, 0.01, 2);
  }

  public TrainingConfig withAveraging(double other) {
    return new TrainingConfig(
        learningRate,
        decay,
        weightDecay,
        other,
        dropout,
        batch,
        epochs,
        patience,
        queriesPerEpoch,
        validationQueries,
        keep,
        warmUpEpochs,
        balance,
        threads);
  }

  private static void require(boolean holds, String key, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(key + " must be " + allowed);
    }
  }
}
