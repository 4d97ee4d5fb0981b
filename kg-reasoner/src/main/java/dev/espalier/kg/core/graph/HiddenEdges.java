package dev.espalier.kg.core.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Triples that a walk must not use, in neither direction. Meant for a handful of them. */
public final class HiddenEdges {

  private static final HiddenEdges NONE = new HiddenEdges(new int[0], new int[0], new int[0]);

  private final int[] sources;
  private final int[] relations;
  private final int[] targets;

  private HiddenEdges(int[] sources, int[] relations, int[] targets) {
    this.sources = sources;
    this.relations = relations;
    this.targets = targets;
  }

  public static HiddenEdges none() {
    return NONE;
  }

  /** Hides one triple, whose relation may be an inverse. */
  public static HiddenEdges of(KnowledgeGraph graph, int head, int relation, int tail) {
    return of(graph, List.of(new Triple(head, relation, tail)));
  }

  public static HiddenEdges of(KnowledgeGraph graph, Collection<Triple> triples) {
    int[] sources = new int[2 * triples.size()];
    int[] relations = new int[sources.length];
    int[] targets = new int[sources.length];
    int i = 0;
    for (Triple t : triples) {
      sources[i] = t.head();
      relations[i] = t.relation();
      targets[i++] = t.tail();
      sources[i] = t.tail();
      relations[i] = graph.inverse(t.relation());
      targets[i++] = t.head();
    }
    return new HiddenEdges(sources, relations, targets);
  }

  /** These and others. */
  public HiddenEdges and(HiddenEdges others) {
    return new HiddenEdges(
        joined(sources, others.sources),
        joined(relations, others.relations),
        joined(targets, others.targets));
  }

  private static int[] joined(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Whether an edge out of the entity is hidden; asked once per entity, not per edge. */
  public boolean touches(int entity) {
    for (int source : sources) {
      if (source == entity) {
        return true;
      }
    }
    return false;
  }

  public boolean hides(int source, int relation, int target) {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] == source && relations[i] == relation && targets[i] == target) {
        return true;
      }
    }
    return false;
  }
}
