package dev.espalier.search.core.strategy;

import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import java.util.List;

/** What came of a need. */
public sealed interface Answer {

  record Proposed(List<Candidate> candidates) implements Answer {}

  record Grouped(Grouping grouping) implements Answer {}

  record Scored(List<Double> scores) implements Answer {}

  record Failed() implements Answer {}
}
