package dev.espalier.kg.reasoning;

import dev.espalier.kg.core.explain.Engine;
import dev.espalier.kg.reasoning.Opening.Opened;
import dev.espalier.kg.resource.LoadedGraph;
import org.jspecify.annotations.Nullable;

/**
 * What a question is put to.
 *
 * @param relation that is asked for; an inverse for questions by tail
 * @param choice path or rules
 * @param model where one answers
 * @param rules how many conclude the relation, where they answer
 */
public record Chosen(
    LoadedGraph graph,
    int relation,
    Engine engine,
    EngineChoice choice,
    Reason reason,
    @Nullable Opened model,
    @Nullable Integer rules) {

  /** Why an engine answers. */
  public enum Reason {
    /** The request names the engine, or the model. */
    REQUESTED,
    MODEL_COVERS_RELATION,
    NO_MODEL,
    /** The graph's newest model was trained before it had the relation. */
    RELATION_NOT_COVERED
  }
}
