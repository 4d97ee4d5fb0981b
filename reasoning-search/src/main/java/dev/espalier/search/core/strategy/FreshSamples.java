package dev.espalier.search.core.strategy;

import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;

/**
 * How many samples continue a class. Steps that were kept apart would each be sampled, and so find
 * moves that one expansion does not draw; a class that stands for m of them is sampled once, with
 * m^{@value #THRIFT} times the width.
 *
 * <p>With 0 what merging saves is paid for with diversity; with 1 as much is sampled as without
 * merging, and only prompts are saved. docs/evaluation.md compares.
 */
final class FreshSamples {

  private static final double THRIFT = 0.2;

  private FreshSamples() {}

  /** The width, and more for a class of several samples; at most 2.4 times the width for 64. */
  static int of(SearchTree tree, Node node, int width) {
    return (int) Math.round(width * Math.pow(tree.multiplicity(node), THRIFT));
  }
}
