package dev.espalier.kg.core.train;

/** Follows a training, and may stop it. Called by the thread that trains. */
@FunctionalInterface
public interface TrainingListener {

  /** After every epoch, with a state to go on from. The state's arrays are not changed later. */
  void epochDone(EpochReport report, TrainingState state);

  /**
   * Between two batches.
   *
   * @param share of the running epoch, from 0 to 1
   */
  default void progress(int epoch, double share) {}

  /** Asked between two batches; the epoch that is under way is then lost. */
  default boolean isCancelled() {
    return false;
  }

  /** Follows nothing. */
  static TrainingListener none() {
    return (report, state) -> {};
  }
}
