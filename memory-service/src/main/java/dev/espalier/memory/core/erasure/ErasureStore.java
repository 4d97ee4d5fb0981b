package dev.espalier.memory.core.erasure;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Removes what is stored, and keeps the receipts. Called inside a unit of work. */
public interface ErasureStore {

  /**
   * Empties turns and removes what was derived from each, but for summaries. Their numbers, roles
   * and times stay. Appends, embedding and the making of summaries wait until it is done.
   *
   * @param seqs those that are redacted already count for nothing
   * @throws dev.espalier.memory.core.MemoryException {@code memory.conversation_not_found}, {@code
   *     memory.turn_not_found} when one of them does not exist
   */
  Erased redact(UUID conversation, Collection<Long> seqs);

  /** Removes a conversation with everything derived from it; nothing if it is gone already. */
  Erased delete(UUID conversation);

  /** A conversation about a subject; empty at the end. */
  Optional<UUID> about(String subject);

  /** Turns of one conversation that a speaker said and that are not redacted; empty at the end. */
  Optional<Spoken> spokenBy(String speaker, int limit);

  void open(UUID id, Target target);

  Optional<Erasure> find(UUID id);

  /** Whom an erasure that runs is about. */
  Optional<Target> target(UUID id);

  /** Adds to the receipt. */
  void count(UUID id, Erased more);

  /** The erasure is done: its target is forgotten. */
  void complete(UUID id);

  /** What somebody said in a conversation. */
  record Spoken(UUID conversation, List<Long> seqs) {}
}
