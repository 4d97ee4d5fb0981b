package dev.espalier.kg.core.network;

import java.util.Arrays;

/** The entities reached so far, in the order in which they stayed; index 0 is the query's. */
final class Frontier {

  private int[] indexOf = new int[0];
  private int[] entities = new int[1024];
  private int count;

  /** Forgets all, and makes room for a graph's entities. */
  void reset(int entityCount, int start) {
    truncate(0);
    if (indexOf.length < entityCount) {
      indexOf = new int[entityCount];
    }
    add(start);
  }

  int count() {
    return count;
  }

  int entity(int index) {
    return entities[index];
  }

  /** The index of an entity, or -1. */
  int index(int entity) {
    return indexOf[entity] - 1;
  }

  int add(int entity) {
    if (count == entities.length) {
      entities = Arrays.copyOf(entities, 2 * count);
    }
    entities[count] = entity;
    indexOf[entity] = count + 1;
    return count++;
  }

  /** Drops all from an index on. */
  void truncate(int to) {
    for (int i = to; i < count; i++) {
      indexOf[entities[i]] = 0;
    }
    count = to;
  }

  /**
   * Drops some of the entities from an index on, and closes the gaps.
   *
   * @param stays by index minus {@code from}
   * @param moved receives the new index minus {@code from}, or -1
   */
  void retain(int from, boolean[] stays, int[] moved) {
    int kept = from;
    for (int i = from; i < count; i++) {
      int entity = entities[i];
      if (stays[i - from]) {
        moved[i - from] = kept - from;
        entities[kept++] = entity;
        indexOf[entity] = kept;
      } else {
        moved[i - from] = -1;
        indexOf[entity] = 0;
      }
    }
    count = kept;
  }
}
