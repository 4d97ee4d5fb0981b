package dev.espalier.kg.core.graph;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects triples and makes a snapshot of them. Duplicates are stored once. Used once. */
/*
 * Two counting passes and a sort inside each entity's edges: O(E log(max degree)), with 12 bytes a
 * triple while building. from(graph) starts with the triples of a snapshot and keeps its ids.
 */
public final class GraphBuilder {

  private final Names.Builder entities = new Names.Builder();
  private final Names.Builder relations = new Names.Builder();
  private int[] heads = new int[1024];
  private int[] rels = new int[1024];
  private int[] tails = new int[1024];
  private int count;

  /** A builder that holds a snapshot's names, with their ids, and its triples. */
  public static GraphBuilder from(KnowledgeGraph graph) {
    return withNames(graph.entities(), graph.relations()).addAll(graph, Set.of());
  }

  /** A builder that holds names, with their ids, and no triple. */
  public static GraphBuilder withNames(Names entities, Names relations) {
    GraphBuilder builder = new GraphBuilder();
    entities.all().forEach(builder.entities::add);
    relations.all().forEach(builder.relations::add);
    return builder;
  }

  /** A snapshot without some triples; names stay. */
  public static KnowledgeGraph without(KnowledgeGraph graph, List<Triple> removed) {
    return withNames(graph.entities(), graph.relations())
        .addAll(graph, new HashSet<>(removed))
        .build();
  }

  public int entity(String name) {
    return entities.add(name);
  }

  public int relation(String name) {
    return relations.add(name);
  }

  public GraphBuilder add(String head, String relation, String tail) {
    return add(entities.add(head), relations.add(relation), entities.add(tail));
  }

  /**
   * @throws IndexOutOfBoundsException if an id has no name
   */
  public GraphBuilder add(int head, int relation, int tail) {
    if (Math.min(head, tail) < 0
        || Math.max(head, tail) >= entities.size()
        || relation < 0
        || relation >= relations.size()) {
      throw new IndexOutOfBoundsException("a triple with an id that has no name");
    }
    if (count == heads.length) {
      int size = Math.addExact(count, count >> 1);
      heads = Arrays.copyOf(heads, size);
      rels = Arrays.copyOf(rels, size);
      tails = Arrays.copyOf(tails, size);
    }
    heads[count] = head;
    rels[count] = relation;
    tails[count] = tail;
    count++;
    return this;
  }

  public KnowledgeGraph build() {
    int n = entities.size();
    int[] offsets = new int[n + 1];
    for (int i = 0; i < count; i++) {
      offsets[heads[i] + 1]++;
      offsets[tails[i] + 1]++;
    }
    for (int i = 0; i < n; i++) {
      offsets[i + 1] = Math.addExact(offsets[i], offsets[i + 1]);
    }
    long[] edges = new long[2 * count];
    int[] next = Arrays.copyOf(offsets, n);
    for (int i = 0; i < count; i++) {
      edges[next[heads[i]]++] = edge(rels[i], tails[i]);
      edges[next[tails[i]]++] = edge(rels[i] + relations.size(), heads[i]);
    }
    return compact(offsets, edges);
  }

  private KnowledgeGraph compact(int[] offsets, long[] edges) {
    int kept = 0;
    int from = 0;
    for (int u = 0; u + 1 < offsets.length; u++) {
      int to = offsets[u + 1];
      Arrays.sort(edges, from, to);
      int start = kept;
      for (int e = from; e < to; e++) {
        if (kept == start || edges[kept - 1] != edges[e]) {
          edges[kept++] = edges[e];
        }
      }
      from = to;
      offsets[u + 1] = kept;
    }
    int[] edgeRelations = new int[kept];
    int[] edgeTargets = new int[kept];
    for (int e = 0; e < kept; e++) {
      edgeRelations[e] = (int) (edges[e] >>> 32);
      edgeTargets[e] = (int) edges[e];
    }
    return new KnowledgeGraph(
        entities.build(), relations.build(), offsets, edgeRelations, edgeTargets);
  }

  private GraphBuilder addAll(KnowledgeGraph graph, Set<Triple> except) {
    graph.forEachTriple(
        (h, r, t) -> {
          if (except.isEmpty() || !except.contains(new Triple(h, r, t))) {
            add(h, r, t);
          }
        });
    return this;
  }

  private static long edge(int relation, int target) {
    return (long) relation << 32 | target;
  }
}
