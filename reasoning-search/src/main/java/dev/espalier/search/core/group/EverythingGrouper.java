package dev.espalier.search.core.group;

import dev.espalier.search.core.answer.AnswerComparison;
import dev.espalier.search.core.answer.FinalAnswer;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;

/**
 * Merges all that may be merged: a step that ends the solution never with one that does not, and
 * ends never when their answers differ.
 */
public final class EverythingGrouper implements StepGrouper {

  @Override
  public Grouping group(String problem, Need.Group need, CallContext context) {
    return KeyedClasses.of(need.candidates(), "everything", EverythingGrouper::key);
  }

  private static String key(Candidate step) {
    return step.isTerminal()
        ? "end " + FinalAnswer.of(step.text()).map(AnswerComparison::key).orElse(step.text())
        : "step";
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
