package dev.espalier.kg.core.network;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Names;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A graph seen through a model's relations. Edges of relations that the model has not learned are
 * not walked.
 */
public final class BoundGraph {

  private final KnowledgeGraph graph;
  private final int[] toModel;
  private final int[] toGraph;
  private final double coverage;

  private BoundGraph(KnowledgeGraph graph, int[] toModel, int[] toGraph, double coverage) {
    this.graph = graph;
    this.toModel = toModel;
    this.toGraph = toGraph;
    this.coverage = coverage;
  }

  /**
   * @param relations the model's, by id
   */
  public static BoundGraph of(KnowledgeGraph graph, Names relations) {
    int count = graph.relationCount();
    int[] toModel = new int[2 * count];
    int[] toGraph = new int[2 * relations.size() + 1];
    Arrays.fill(toModel, -1);
    Arrays.fill(toGraph, -1);
    for (int r = 0; r < count; r++) {
      OptionalInt known = relations.id(graph.relations().name(r));
      if (known.isPresent()) {
        toModel[r] = known.getAsInt();
        toModel[r + count] = known.getAsInt() + relations.size();
        toGraph[toModel[r]] = r;
        toGraph[toModel[r + count]] = r + count;
      }
    }
    long covered = 0;
    for (int e = 0; e < graph.edgeCount(); e++) {
      covered += toModel[graph.edgeRelation(e)] >= 0 ? 1 : 0;
    }
    return new BoundGraph(
        graph, toModel, toGraph, graph.edgeCount() == 0 ? 1 : (double) covered / graph.edgeCount());
  }

  public KnowledgeGraph graph() {
    return graph;
  }

  /** The model's id of a relation or inverse of the graph; negative if the model has none. */
  public int toModel(int relation) {
    return toModel[relation];
  }

  /**
   * The graph's id of a relation or inverse of the model; negative if the graph has none, or for
   * the self loop.
   */
  public int toGraph(int relation) {
    return toGraph[relation];
  }

  /** The share of the graph's triples whose relation the model knows; 1 for an empty graph. */
  public double coverage() {
    return coverage;
  }
}
