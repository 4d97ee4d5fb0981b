package dev.espalier.kg.core.explain;

import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import java.util.List;

/** A way to answer questions on one graph, and to say what an answer rests on. */
public interface Engine {

  KnowledgeGraph graph();

  /** Ranks what is found within the query's limits. */
  Answers answer(Query query);

  /**
   * The paths to an answer, the heaviest first; none if it is not found within the query's limits.
   *
   * @param answer an entity
   * @param count paths at most
   */
  List<ReasoningPath> paths(Query query, int answer, int count);

  /** The triples that answering goes along, as the graph states them, hop by hop. */
  List<List<Triple>> walked(Query query);
}
