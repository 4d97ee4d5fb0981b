package dev.espalier.search.core.strategy;

import dev.espalier.search.core.tree.Node;
import java.util.HashMap;
import java.util.Map;

/** How much of what was sampled at the root has come to each node. */
final class Masses {

  private final Map<Integer, Double> masses = new HashMap<>();

  void add(Node node, double mass) {
    masses.merge(node.id(), mass, Double::sum);
  }

  double of(Node node) {
    return masses.getOrDefault(node.id(), 0.0);
  }
}
