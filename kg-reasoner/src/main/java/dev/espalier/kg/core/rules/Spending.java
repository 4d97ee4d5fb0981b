package dev.espalier.kg.core.rules;

import dev.espalier.kg.core.explore.Budget;
import java.util.function.LongSupplier;

/** What is left of a budget while edges are walked. */
final class Spending {

  private static final int EDGES_BETWEEN_CLOCKS = 64;

  private final LongSupplier nanoClock;
  private final long deadline;
  private long left;
  private boolean isOver;

  private Spending(LongSupplier nanoClock, long deadline, long edges) {
    this.nanoClock = nanoClock;
    this.deadline = deadline;
    this.left = edges;
  }

  /** From now on. */
  static Spending of(Budget budget, LongSupplier nanoClock) {
    return new Spending(nanoClock, budget.deadline(nanoClock.getAsLong()), budget.edges());
  }

  static Spending ofEdges(long edges) {
    return new Spending(() -> 0, Long.MAX_VALUE, edges);
  }

  /** Takes an edge; false if the budget does not allow it. */
  boolean takesEdge() {
    boolean late =
        left % EDGES_BETWEEN_CLOCKS == 0
            && deadline != Long.MAX_VALUE
            && nanoClock.getAsLong() > deadline;
    isOver |= left <= 0 || late;
    left--;
    return !isOver;
  }

  /** Whether an edge was refused. */
  boolean isOver() {
    return isOver;
  }
}
