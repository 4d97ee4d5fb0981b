package dev.espalier.kg.core.model;

/** How many entities a pruning expert keeps at a hop. */
public enum PruningSchedule {
  /** The same at every hop. */
  CONSTANT {
    @Override
    public int keep(int hop, int hops, int most) {
      return most;
    }
  },

  /** Two logistic halves: few at first, most in the middle, few at the end; a tenth at least. */
  LOGISTIC {
    @Override
    public int keep(int hop, int hops, int most) {
      double place = (hop - 0.5) / hops;
      double side = place < 0.5 ? place : 1 - place;
      double share = 1 / (1 + Math.exp(-STEEPNESS * (side - 0.25)));
      return (int) Math.max(1, Math.ceil(most * Math.max(0.1, share)));
    }
  };

  private static final double STEEPNESS = 12;

  /**
   * @param hop from 1
   * @param hops of the model
   * @param most the configured number
   */
  public abstract int keep(int hop, int hops, int most);
}
