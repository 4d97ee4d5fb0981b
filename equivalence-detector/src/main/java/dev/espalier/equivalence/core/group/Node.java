package dev.espalier.equivalence.core.group;

import dev.espalier.equivalence.core.claims.Givens;
import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.text.Canonical;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Candidates with the same canonical key, compared once.
 *
 * @param reading of the first of their texts in alphabetical order
 * @param isTerminal whether they end the reasoning
 * @param members in the order of their texts and ids
 */
record Node(StepReading reading, boolean isTerminal, List<Candidate> members) {

  Node {
    members = List.copyOf(members);
  }

  /** The nodes in the order of their content, which no order of the candidates changes. */
  static List<Node> of(List<Candidate> candidates, Givens givens) {
    record Read(Canonical canonical, Candidate candidate) {}
    Map<String, List<Read>> byKey = new TreeMap<>();
    for (Candidate candidate : candidates) {
      Canonical canonical = Canonical.of(candidate.text());
      byKey
          .computeIfAbsent(canonical.key() + " " + candidate.isTerminal(), k -> new ArrayList<>())
          .add(new Read(canonical, candidate));
    }
    List<Node> nodes = new ArrayList<>();
    for (List<Read> reads : byKey.values()) {
      reads.sort(
          Comparator.comparing((Read r) -> r.canonical().text())
              .thenComparing(r -> r.candidate().id()));
      nodes.add(
          new Node(
              StepReading.of(reads.get(0).canonical(), givens),
              reads.get(0).candidate().isTerminal(),
              reads.stream().map(Read::candidate).toList()));
    }
    return nodes;
  }
}
