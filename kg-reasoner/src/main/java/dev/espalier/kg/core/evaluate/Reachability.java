package dev.espalier.kg.core.evaluate;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import java.util.Arrays;

/** Whether two entities are within some hops of each other, by breadth-first search from both. */
final class Reachability {

  private final KnowledgeGraph graph;
  private final int[] seen;
  private int[] near = new int[256];
  private int[] far = new int[256];
  private int[] next = new int[256];
  private int nearCount;
  private int farCount;
  private int round;

  Reachability(KnowledgeGraph graph) {
    this.graph = graph;
    this.seen = new int[graph.entityCount()];
  }

  boolean within(int hops, int from, int to) {
    if (from == to) {
      return true;
    }
    if (round > Integer.MAX_VALUE - 4) {
      Arrays.fill(seen, 0);
      round = 0;
    }
    round += 2;
    int nearMark = round;
    int farMark = round + 1;
    near[0] = from;
    far[0] = to;
    nearCount = 1;
    farCount = 1;
    seen[from] = nearMark;
    seen[to] = farMark;
    for (int hop = 0; hop < hops && nearCount > 0 && farCount > 0; hop++) {
      if (nearCount > farCount) {
        int[] swapped = near;
        near = far;
        far = swapped;
        int count = nearCount;
        nearCount = farCount;
        farCount = count;
        int mark = nearMark;
        nearMark = farMark;
        farMark = mark;
      }
      if (step(nearMark, farMark)) {
        return true;
      }
    }
    return false;
  }

  private boolean step(int own, int other) {
    int count = 0;
    for (int i = 0; i < nearCount; i++) {
      int entity = near[i];
      for (int e = graph.first(entity); e < graph.end(entity); e++) {
        int target = graph.edgeTarget(e);
        if (seen[target] == other) {
          return true;
        }
        if (seen[target] != own) {
          seen[target] = own;
          if (count == next.length) {
            next = Arrays.copyOf(next, 2 * count);
          }
          next[count++] = target;
        }
      }
    }
    int[] swapped = near;
    near = next;
    next = swapped;
    nearCount = count;
    return false;
  }
}
