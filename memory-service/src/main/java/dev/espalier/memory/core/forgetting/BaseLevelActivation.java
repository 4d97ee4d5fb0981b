package dev.espalier.memory.core.forgetting;

import java.util.List;

/** How present a turn is, from when it was said and used. */
final class BaseLevelActivation {

  /*
   * Anderson and Lebiere, The Atomic Components of Thought, 1998: B = ln(sum over uses of t^-d).
   * Only the latest uses are kept with their time; the others are spread evenly between the oldest
   * kept one and the turn's birth: Petrov, ICCM 2006, the hybrid approximation,
   * (n - k) (t_n^(1-d) - t_k^(1-d)) / ((1-d) (t_n - t_k)).
   *
   * Deviation: t is counted in turns of the conversation, not in seconds, and what happened at the
   * newest turn is 1 old. So a conversation that rests forgets nothing, and neither does one whose
   * clock jumps. A use adds 1 to the sum at once and moves at most one older use into the average,
   * which takes less than 1 away: a recall never weakens.
   */
  private BaseLevelActivation() {}

  /**
   * @param lastSeq the conversation's newest turn, which is now
   */
  static double of(long seq, Uses uses, long lastSeq, double decay) {
    double born = age(lastSeq, seq);
    List<Long> recent = uses.recent();
    double sum = Math.pow(born, -decay);
    for (long use : recent) {
      sum += Math.pow(age(lastSeq, use), -decay);
    }
    long older = uses.count() - recent.size();
    if (older > 0) {
      double oldestKept = age(lastSeq, recent.get(recent.size() - 1));
      sum += older * meanPower(oldestKept, Math.max(born, oldestKept), decay);
    }
    return Math.log(sum);
  }

  private static double meanPower(double from, double to, double decay) {
    return to - from < 1
        ? Math.pow(to, -decay)
        : (Math.pow(to, 1 - decay) - Math.pow(from, 1 - decay)) / ((1 - decay) * (to - from));
  }

  private static double age(long lastSeq, long then) {
    return Math.max(1, lastSeq - then + 1);
  }
}
