package dev.espalier.memory.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The verbatim turns of conversations, append-only. Called inside a unit of work. */
public interface TurnStore {

  /**
   * Appends turns with the next sequence numbers, together with their postings and their place in
   * the embedding queue. Appends to one conversation happen one after the other.
   *
   * @param expectedSeq the sequence number that the writer saw last; null when it does not matter
   * @throws MemoryException {@code memory.conversation_not_found}, {@code
   *     memory.sequence_conflict}, {@code memory.client_turn_conflict}
   */
  Appended append(UUID conversation, List<NewTurn> turns, @Nullable Long expectedSeq);

  /** The turns with these numbers that exist, by sequence. */
  SortedMap<Long, Turn> find(UUID conversation, Collection<Long> seqs);

  /** At most {@code limit} turns after a sequence number, oldest first. */
  List<Turn> after(UUID conversation, long seq, int limit);

  /** The newest {@code limit} turns, oldest first. */
  List<Turn> newest(UUID conversation, int limit);

  /** Who said these turns, and when, by sequence. */
  Map<Long, Occasion> occasions(UUID conversation, Collection<Long> seqs);

  /** The numbers of the turns that pass the filter. */
  SeqSet matching(UUID conversation, TurnFilter filter);

  /**
   * @throws MemoryException {@code memory.conversation_not_found}
   */
  IndexState indexState(UUID conversation);
}
