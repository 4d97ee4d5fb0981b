package dev.espalier.kg.core;

import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import java.util.SplittableRandom;

/** Small graphs without any sense. */
public final class RandomGraphs {

  private RandomGraphs() {}

  public static KnowledgeGraph of(int entities, int relations, int triples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder builder = new GraphBuilder();
    for (int i = 0; i < entities; i++) {
      builder.entity("e" + i);
    }
    for (int i = 0; i < relations; i++) {
      builder.relation("r" + i);
    }
    for (int i = 0; i < triples; i++) {
      builder.add(random.nextInt(entities), random.nextInt(relations), random.nextInt(entities));
    }
    return builder.build();
  }
}
