package dev.espalier.kg.core.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A graph to walk on, and triples to ask for.
 *
 * @param graph what is walked: the training triples
 * @param known all triples, those to ask for included, with the same ids: the filter of a ranking
 * @param train queries to learn from; each is hidden while it is asked
 * @param valid queries to choose by
 * @param test queries to report on
 */
public record SplitGraph(
    KnowledgeGraph graph, KnowledgeGraph known, Triple[] train, Triple[] valid, Triple[] test) {

  /**
   * @throws IllegalArgumentException if the two graphs' ids differ
   */
  public SplitGraph {
    if (graph.entityCount() != known.entityCount()
        || graph.relationCount() != known.relationCount()) {
      throw new IllegalArgumentException("the graph and the filter have different ids");
    }
  }

  /**
   * A split whose graph holds the training triples. Valid and test triples may name new entities;
   * they get ids but no edges.
   */
  public static SplitGraph of(
      Iterable<NamedTriple> train, Iterable<NamedTriple> valid, Iterable<NamedTriple> test) {
    GraphBuilder names = new GraphBuilder();
    train.forEach(t -> names.add(t.head(), t.relation(), t.tail()));
    valid.forEach(t -> names.add(t.head(), t.relation(), t.tail()));
    test.forEach(t -> names.add(t.head(), t.relation(), t.tail()));
    KnowledgeGraph known = names.build();
    GraphBuilder walked = GraphBuilder.withNames(known.entities(), known.relations());
    train.forEach(t -> walked.add(t.head(), t.relation(), t.tail()));
    KnowledgeGraph graph = walked.build();
    return new SplitGraph(graph, known, graph.triples(), ids(known, valid), ids(known, test));
  }

  /** The same without its test part, which the filter does not know either. */
  public SplitGraph withoutTest() {
    GraphBuilder known = GraphBuilder.from(graph);
    for (Triple t : valid) {
      known.add(t.head(), t.relation(), t.tail());
    }
    return new SplitGraph(
        graph, valid.length == 0 ? graph : known.build(), train, valid, new Triple[0]);
  }

  private static Triple[] ids(KnowledgeGraph graph, Iterable<NamedTriple> triples) {
    List<Triple> found = new ArrayList<>();
    for (NamedTriple t : triples) {
      found.add(
          new Triple(
              graph.entity(t.head()).orElseThrow(),
              graph.relation(t.relation()).orElseThrow(),
              graph.entity(t.tail()).orElseThrow()));
    }
    return found.toArray(Triple[]::new);
  }
}
