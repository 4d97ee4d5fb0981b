package dev.espalier.memory.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored turn.
 *
 * @param seq its place in the conversation, from 1, without gaps
 * @param said what the client sent
 * @param storedAt when it became durable
 * @param redactedAt since when its text is erased, or null; what was said is empty then
 */
public record Turn(long seq, NewTurn said, Instant storedAt, @Nullable Instant redactedAt) {

  public Turn(long seq, NewTurn said, Instant storedAt) {
    this(seq, said, storedAt, null);
  }

  /** Whether there is something to read. */
  public boolean isReadable() {
    return redactedAt == null;
  }

  /** When it was said, as far as we know. */
  public Instant occurredAt() {
    Instant occurred = said.occurredAt();
    return occurred != null ? occurred : storedAt;
  }

  public Role role() {
    return said.role();
  }

  public @Nullable String speaker() {
    return said.speaker();
  }

  public String content() {
    return said.content();
  }
}
