package dev.espalier.kg.core.graph;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * An immutable snapshot of a graph. Entities and relations have dense ids; every triple is stored
 * twice, as (head, r, tail) and as (tail, r + R, head), where R is the number of relations. The
 * identity self loop, relation 2R, is implied at every entity and not stored.
 */
/*
 * Compressed sparse rows: the edges out of entity u are [first(u), end(u)) of two arrays, relation
 * and target, sorted by relation and then target. 8 bytes an edge, so 15 million triples (30
 * million edges) take 240 MB, plus 4 bytes an entity. Adding or removing triples makes a new
 * snapshot (GraphBuilder.from and without): one pass over the edges, whose sort finds them in order.
 */
public final class KnowledgeGraph {

  private final Names entities;
  private final Names relations;
  private final int[] offsets;
  private final int[] edgeRelations;
  private final int[] edgeTargets;

  KnowledgeGraph(
      Names entities, Names relations, int[] offsets, int[] edgeRelations, int[] edgeTargets) {
    this.entities = entities;
    this.relations = relations;
    this.offsets = offsets;
    this.edgeRelations = edgeRelations;
    this.edgeTargets = edgeTargets;
  }

  public int entityCount() {
    return offsets.length - 1;
  }

  /** Without inverses and self loop. */
  public int relationCount() {
    return relations.size();
  }

  /** Triples, each counted once. */
  public int tripleCount() {
    return edgeTargets.length / 2;
  }

  /** Stored edges: triples and their inverses. */
  public int edgeCount() {
    return edgeTargets.length;
  }

  public Names entities() {
    return entities;
  }

  public Names relations() {
    return relations;
  }

  public OptionalInt entity(String name) {
    return entities.id(name);
  }

  public OptionalInt relation(String name) {
    return relations.id(name);
  }

  /** The id of the inverse of a relation or of an inverse. */
  public int inverse(int relation) {
    int count = relationCount();
    return relation < count ? relation + count : relation - count;
  }

  /** A triple as the graph states it; the given one's relation may be an inverse. */
  public Triple stated(Triple triple) {
    return triple.relation() < relationCount()
        ? triple
        : new Triple(triple.tail(), inverse(triple.relation()), triple.head());
  }

  /** The first edge out of an entity. */
  public int first(int entity) {
    return offsets[entity];
  }

  /** One past the last edge out of an entity. */
  public int end(int entity) {
    return offsets[entity + 1];
  }

  /** The first edge of a head whose relation is not below the given one. */
  public int first(int head, int relation) {
    int low = offsets[head];
    int high = offsets[head + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edgeRelations[middle] < relation) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  public int degree(int entity) {
    return offsets[entity + 1] - offsets[entity];
  }

  /** The relation of an edge; at least {@link #relationCount()} for an inverse. */
  public int edgeRelation(int edge) {
    return edgeRelations[edge];
  }

  public int edgeTarget(int edge) {
    return edgeTargets[edge];
  }

  /** Whether (head, relation, tail) is in the graph; the relation may be an inverse. */
  public boolean contains(int head, int relation, int tail) {
    int from = first(head, relation);
    int to = first(head, relation + 1);
    return Arrays.binarySearch(edgeTargets, from, to, tail) >= 0;
  }

  /** The tails of (head, relation, ?), ascending; the relation may be an inverse. */
  public int[] tails(int head, int relation) {
    return Arrays.copyOfRange(edgeTargets, first(head, relation), first(head, relation + 1));
  }

  /** Every triple once, by head, relation and tail. */
  public void forEachTriple(TripleVisitor visitor) {
    for (int head = 0; head < entityCount(); head++) {
      for (int e = offsets[head]; e < offsets[head + 1]; e++) {
        if (edgeRelations[e] < relationCount()) {
          visitor.visit(head, edgeRelations[e], edgeTargets[e]);
        }
      }
    }
  }

  /** Every triple once, as an array. */
  public Triple[] triples() {
    Triple[] triples = new Triple[tripleCount()];
    int[] next = {0};
    forEachTriple((h, r, t) -> triples[next[0]++] = new Triple(h, r, t));
    return triples;
  }

  /** A SHA-256 of the names and triples, the same for the same triples in any order of import. */
  public String contentHash() {
    return ContentHash.of(this);
  }

  /** Receives triples without an object for each. */
  @FunctionalInterface
  public interface TripleVisitor {
    void visit(int head, int relation, int tail);
  }
}
