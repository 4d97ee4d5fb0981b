package dev.espalier.search.core.strategy;

import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the node on another branch whose state a new node repeats.
 *
 * <p>Equal signatures are a hint, which a grouper confirms: it is asked whether the steps on both
 * branches, from where they part, say the same after the steps that they share. Comparing the two
 * last steps alone would refuse what matters most, the same moves in another order. Limits: only
 * nodes of the same depth are compared, which rules out circles, and misses a state that one branch
 * reaches in fewer steps; a grouper that cannot read several steps at once refuses, and the state
 * is then explored twice, as without a table.
 */
final class Transpositions {

  private record Key(int depth, String signature) {}

  private final SearchTree tree;
  private final Map<Key, Integer> first = new HashMap<>();

  Transpositions(SearchTree tree) {
    this.tree = tree;
  }

  /** The node that this one may repeat; if there is none, this one is remembered. */
  Optional<Node> find(Node node) {
    String signature = tree.stepClass(node).signature();
    if (signature == null || tree.isTerminal(node)) {
      return Optional.empty();
    }
    Integer known = first.putIfAbsent(new Key(node.depth(), signature), node.id());
    return Optional.ofNullable(known)
        .map(tree::node)
        .filter(other -> other.parent() != node.parent());
  }

  /** Depth of the last step that both branches share. */
  int shared(Node a, Node b) {
    Node x = a;
    Node y = b;
    while (x.id() != y.id()) {
      x = tree.node(x.parent());
      y = tree.node(y.parent());
    }
    return x.depth();
  }

  /** The steps after the shared ones, as one candidate. */
  Candidate continuation(Node node, int shared) {
    List<String> steps = new ArrayList<>(tree.steps(node));
    return new Candidate(
        String.join("\n", steps.subList(shared, steps.size())), null, 0, false, null);
  }
}
