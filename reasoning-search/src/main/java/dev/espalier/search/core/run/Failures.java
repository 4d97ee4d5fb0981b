package dev.espalier.search.core.run;

import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.strategy.Answer;

/**
 * Counts failures in a row, of proposals and of scores apart: while a scorer is down, proposals
 * that succeed would hide it and be paid for nothing.
 */
final class Failures {

  private final int most;
  private int proposals;
  private int scores;

  Failures(int most) {
    this.most = most;
  }

  void count(Need need, Answer answer) {
    boolean hasFailed = answer instanceof Answer.Failed;
    if (need instanceof Need.Propose) {
      proposals = hasFailed ? proposals + 1 : 0;
    } else if (need instanceof Need.Score) {
      scores = hasFailed ? scores + 1 : 0;
    }
  }

  boolean areTooMany() {
    return proposals >= most || scores >= most;
  }
}
