package dev.espalier.search.core.group;

import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Evidence;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Classes of candidates with equal keys, in the order of their first members. */
final class KeyedClasses {

  private KeyedClasses() {}

  /**
   * @param tier what the evidence names as the part that decided
   */
  static Grouping of(List<Candidate> candidates, String tier, Function<Candidate, String> key) {
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      members.computeIfAbsent(key.apply(candidates.get(i)), k -> new ArrayList<>()).add(i);
    }
    List<StepClass> classes =
        members.values().stream()
            .map(all -> new StepClass(all.get(0), all, null, evidence(all, tier)))
            .toList();
    return new Grouping(classes, null, null);
  }

  private static List<Evidence> evidence(List<Integer> members, String tier) {
    return members.stream()
        .skip(1)
        .map(other -> new Evidence(members.get(0), other, 1, tier, tier, List.of()))
        .toList();
  }
}
