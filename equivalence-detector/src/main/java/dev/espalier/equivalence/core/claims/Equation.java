package dev.espalier.equivalence.core.claims;

import dev.espalier.maths.Relation;
import java.util.List;
import java.util.Optional;

/**
 * Mathematics found in a step.
 *
 * @param relation what was read, or empty where the strict reader does not know it
 * @param raw the text of the mathematics
 * @param from the first token
 * @param to one past the last token
 * @param units words found inside a LaTeX span, such as {@code miles}
 * @param currency whether a currency sign stands with the result
 */
record Equation(
    Optional<Relation> relation,
    String raw,
    int from,
    int to,
    List<String> units,
    boolean currency,
    boolean labelled) {

  Equation {
    units = List.copyOf(units);
  }

  boolean isChain() {
    return labelled || relation.map(r -> r.members().size() > 1).orElse(raw.contains("="));
  }
}
