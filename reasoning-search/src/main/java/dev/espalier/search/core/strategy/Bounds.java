package dev.espalier.search.core.strategy;

import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.tree.SearchTree;

/** How deep and how large a tree may get: by the strategy, by the budget and in any case. */
record Bounds(int depth, int nodes, boolean isDepthABudget) {

  static Bounds of(SearchSpec spec, int strategyDepth) {
    Integer depth = spec.limits().depth();
    Integer nodes = spec.limits().nodes();
    boolean isDepthABudget = depth != null && depth < strategyDepth;
    return new Bounds(
        isDepthABudget ? depth : strategyDepth,
        nodes == null ? SearchTree.MAX_NODES : Math.min(nodes, SearchTree.MAX_NODES),
        isDepthABudget);
  }

  /** Whether so many samples fit, even if none is merged away. */
  boolean haveRoom(SearchTree tree, long samples) {
    return tree.size() + samples <= nodes;
  }

  /** Whether a branch ended at the budget's depth. */
  boolean cutSomething(SearchTree tree) {
    return isDepthABudget
        && tree.nodes().stream().anyMatch(node -> node.depth() >= depth && !tree.isTerminal(node));
  }
}
