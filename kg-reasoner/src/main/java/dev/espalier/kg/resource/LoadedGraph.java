package dev.espalier.kg.resource;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.UUID;

/**
 * A snapshot in memory.
 *
 * @param graph the training triples, the only ones that are walked
 * @param known all triples, with the same ids
 * @param valid triples to choose by
 * @param test triples to report on
 */
public record LoadedGraph(
    UUID kg,
    long snapshot,
    KnowledgeGraph graph,
    KnowledgeGraph known,
    Triple[] valid,
    Triple[] test) {

  /** The graph as a trainer takes it; costs an object for each triple. */
  public SplitGraph split() {
    return new SplitGraph(graph, known, graph.triples(), valid, test);
  }

  /** About how much memory it takes. */
  public long bytes() {
    return estimate(
        graph.entityCount(),
        graph.tripleCount(),
        valid.length + test.length,
        24L * graph.entityCount());
  }

  /**
   * About how much memory a graph takes: 16 bytes a triple, twice if some triples are not walked,
   * and 100 bytes a name beside its text.
   */
  public static long estimate(long entities, long walked, long others, long nameBytes) {
    long triples = 16 * walked + (others == 0 ? 0 : 16 * (walked + others) + 32 * others);
    return triples + 100 * entities + nameBytes;
  }
}
