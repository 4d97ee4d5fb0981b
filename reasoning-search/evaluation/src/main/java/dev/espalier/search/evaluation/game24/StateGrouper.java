package dev.espalier.search.evaluation.game24;

import dev.espalier.search.core.answer.AnswerComparison;
import dev.espalier.search.core.answer.FinalAnswer;
import dev.espalier.search.core.arithmetic.ArithmeticStep;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The exact truth: two steps are equivalent when the same numbers are left. */
final class StateGrouper implements StepGrouper {

  @Override
  public Grouping group(String problem, Need.Group need, CallContext context) {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < need.candidates().size(); i++) {
      members.computeIfAbsent(state(need.candidates().get(i)), k -> new ArrayList<>()).add(i);
    }
    List<StepClass> classes = new ArrayList<>();
    members.forEach((state, all) -> classes.add(new StepClass(all.get(0), all, state, List.of())));
    return new Grouping(classes, "exact state", null);
  }

  private static String state(Candidate step) {
    if (step.isTerminal()) {
      return "end " + FinalAnswer.of(step.text()).map(AnswerComparison::key).orElse(step.text());
    }
    return ArithmeticStep.parse(step.text())
        .map(move -> move.left().stream().sorted().toList().toString())
        .orElse(step.text());
  }

  @Override
  public boolean isFree() {
    return true;
  }

  @Override
  public boolean hasExactSignatures() {
    return true;
  }
}
