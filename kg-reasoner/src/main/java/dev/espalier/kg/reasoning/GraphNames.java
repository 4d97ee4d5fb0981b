package dev.espalier.kg.reasoning;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.resource.KgException;
import java.util.List;

/** Names as ids and back. */
public final class GraphNames {

  private GraphNames() {}

  /**
   * @throws KgException {@code kg.entity_not_found}
   */
  public static int entity(KnowledgeGraph graph, String name) {
    return graph.entity(name).orElseThrow(() -> KgException.entityNotFound(name));
  }

  /**
   * @throws KgException {@code kg.relation_not_found}
   */
  public static int relation(KnowledgeGraph graph, String name) {
    return graph.relation(name).orElseThrow(() -> KgException.relationNotFound(name));
  }

  /**
   * A path as the triples it goes along.
   *
   * @param steps whose relations may be inverses: then the triple runs from tail to head
   */
  public static List<Hop> hops(KnowledgeGraph graph, List<Triple> steps) {
    return steps.stream().map(step -> hop(graph, step)).toList();
  }

  private static Hop hop(KnowledgeGraph graph, Triple step) {
    boolean isInverse = step.relation() >= graph.relationCount();
    int relation = isInverse ? graph.inverse(step.relation()) : step.relation();
    String name = graph.relations().name(relation);
    String from = graph.entities().name(step.head());
    String to = graph.entities().name(step.tail());
    return isInverse ? new Hop(to, name, from, true) : new Hop(from, name, to, false);
  }

  /**
   * A triple on a path.
   *
   * @param inverse whether the path goes from its tail to its head
   */
  public record Hop(String head, String relation, String tail, boolean inverse) {}
}
