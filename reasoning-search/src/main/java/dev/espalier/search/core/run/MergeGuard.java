package dev.espalier.search.core.run;

import dev.espalier.search.core.port.AnswerReader;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may never be merged, whatever a detector says: a step that ends the solution with one that
 * does not, and two endings with different answers, or of which one has none.
 */
final class MergeGuard {

  private final AnswerReader reader;

  MergeGuard(AnswerReader reader) {
    this.reader = reader;
  }

  /**
   * @throws IllegalArgumentException where the classes are no partition of the candidates
   */
  Grouping apply(Need.Group need, Grouping grouping) {
    requirePartition(grouping, need.candidates().size());
    List<StepClass> classes = new ArrayList<>();
    for (StepClass stepClass : grouping.classes()) {
      split(stepClass, need, classes);
    }
    return new Grouping(classes, grouping.detector(), grouping.unavailable());
  }

  private void split(StepClass stepClass, Need.Group need, List<StepClass> classes) {
    List<Integer> continuing = new ArrayList<>();
    List<Integer> unanswered = new ArrayList<>();
    Map<String, List<Integer>> answered = new LinkedHashMap<>();
    for (int member : stepClass.members()) {
      Candidate candidate = need.candidates().get(member);
      Optional<String> answer =
          candidate.isTerminal() ? read(need, candidate.text()) : Optional.empty();
      if (!candidate.isTerminal()) {
        continuing.add(member);
      } else if (answer.isEmpty()) {
        unanswered.add(member);
      } else {
        answered.computeIfAbsent(reader.key(answer.get()), key -> new ArrayList<>()).add(member);
      }
    }
    List<List<Integer>> parts = new ArrayList<>(answered.values());
    parts.add(continuing);
    parts.add(unanswered);
    parts.removeIf(List::isEmpty);
    if (parts.size() == 1) {
      classes.add(stepClass);
    } else {
      parts.forEach(part -> classes.add(part(stepClass, part)));
    }
  }

  private Optional<String> read(Need.Group need, String step) {
    List<String> steps = new ArrayList<>(need.steps());
    steps.add(step);
    return reader.read(steps);
  }

  private static StepClass part(StepClass whole, List<Integer> members) {
    boolean isFirst = members.contains(whole.representative());
    return new StepClass(
        isFirst ? whole.representative() : members.get(0),
        members,
        isFirst ? whole.signature() : null,
        whole.evidence().stream()
            .filter(pair -> members.contains(pair.a()) && members.contains(pair.b()))
            .toList());
  }

  private static void requirePartition(Grouping grouping, int size) {
    BitSet seen = new BitSet(size);
    int count = 0;
    for (StepClass stepClass : grouping.classes()) {
      for (int member : stepClass.members()) {
        if (member < 0 || member >= size || seen.get(member)) {
          throw new IllegalArgumentException("no partition: candidate " + member);
        }
        seen.set(member);
        count++;
      }
    }
    if (count != size) {
      throw new IllegalArgumentException("no partition: " + count + " of " + size);
    }
  }
}
