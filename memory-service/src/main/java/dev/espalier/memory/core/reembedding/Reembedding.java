package dev.espalier.memory.core.reembedding;

import dev.espalier.memory.core.EmbeddingModel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The move of a conversation to another model.
 *
 * @param from the model it is searched with before; null when it had no vector
 * @param throughSeq turns up to here have their new vector, or failed
 * @param lastSeq the conversation's newest turn
 */
public record Reembedding(
    UUID id,
    UUID conversation,
    @Nullable EmbeddingModel from,
    EmbeddingModel to,
    State state,
    long throughSeq,
    long lastSeq,
    long failed,
    Instant createdAt) {

  /** How far it has come. */
  public enum State {
    /** The new vectors are being made; the old ones are searched. */
    RUNNING,
    /** The new vectors are there, to be compared; the old ones are searched. */
    READY,
    /** The new vectors are searched; the old ones are kept. */
    CUT_OVER,
    /** The vectors that were not searched are gone. */
    DROPPED
  }
}
