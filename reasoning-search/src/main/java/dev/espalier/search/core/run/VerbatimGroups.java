package dev.espalier.search.core.run;

import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Evidence;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The classes of equal text: what remains of pruning when a grouper is broken. */
final class VerbatimGroups {

  private record Key(String text, boolean isTerminal) {}

  private VerbatimGroups() {}

  static Grouping of(List<Candidate> candidates, String unavailable) {
    Map<Key, List<Integer>> byText = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      byText
          .computeIfAbsent(
              new Key(candidate.text().strip(), candidate.isTerminal()), key -> new ArrayList<>())
          .add(i);
    }
    List<StepClass> classes =
        byText.values().stream()
            .map(members -> new StepClass(members.get(0), members, null, evidence(members)))
            .toList();
    return new Grouping(classes, null, unavailable);
  }

  /** Each candidate alone. */
  static Grouping apart(List<Candidate> candidates) {
    List<StepClass> classes = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      classes.add(new StepClass(i, List.of(i), null, List.of()));
    }
    return new Grouping(classes, null, null);
  }

  private static List<Evidence> evidence(List<Integer> members) {
    return members.stream()
        .skip(1)
        .map(m -> new Evidence(members.get(0), m, 1, "verbatim", "same_text", List.of()))
        .toList();
  }
}
