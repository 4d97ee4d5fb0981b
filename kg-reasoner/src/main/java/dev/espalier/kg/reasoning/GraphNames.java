package dev.espalier.kg.reasoning;

import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.resource.KgException;

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
   * An edge as the triple it stands for.
   *
   * @param relation may be an inverse: then the triple runs from target to source
   */
  public static Hop hop(KnowledgeGraph graph, int source, int relation, int target) {
    boolean isInverse = relation >= graph.relationCount();
    String name = graph.relations().name(isInverse ? graph.inverse(relation) : relation);
    String from = graph.entities().name(source);
    String to = graph.entities().name(target);
    return isInverse ? new Hop(to, name, from, true) : new Hop(from, name, to, false);
  }

  /**
   * A triple on a path.
   *
   * @param inverse whether the path goes from its tail to its head
   */
  public record Hop(String head, String relation, String tail, boolean inverse) {}
}
