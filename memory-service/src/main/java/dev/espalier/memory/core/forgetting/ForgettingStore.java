package dev.espalier.memory.core.forgetting;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tiers, pins, uses, policies and runs. Called inside a unit of work. */
public interface ForgettingStore {

  Optional<ForgettingPolicy> policy(String id);

  void put(String id, ForgettingPolicy policy);

  /** Nobody else changes the conversation's tiers until the unit of work ends. */
  void lock(UUID conversation);

  /** What is known of every turn up to this one that is not purged, by sequence. */
  List<MemoryTrace> traces(UUID conversation, long lastSeq);

  /** The vectors of the turns that are active or dormant. */
  Map<Long, float[]> vectors(UUID conversation);

  /** The tiers of those of the turns that are not active. */
  Map<Long, Tier> tiers(UUID conversation, Collection<Long> seqs);

  /**
   * Puts turns into a tier, with all that means for their vectors and postings. What is purged
   * cannot come back.
   *
   * @param lastSeq the conversation's newest turn
   */
  void move(UUID conversation, Collection<Long> seqs, Tier to, long lastSeq);

  /**
   * Counts a use of each turn, but at most one while the conversation stands still.
   *
   * @param lastSeq the conversation's newest turn when they were emitted
   */
  void use(UUID conversation, Collection<Long> seqs, long lastSeq);

  void add(ForgettingRun run);

  /** A run of any conversation of the tenant. */
  Optional<ForgettingRun> run(UUID run);

  /** Keeps what an undo did, so that it is answered alike when asked again. */
  void add(Undone undone);

  Optional<Undone> undone(UUID run);

  /** Whether the turn exists and is not purged. */
  boolean exists(UUID conversation, long seq);

  /** Answers whether it was not pinned before. */
  boolean pin(UUID conversation, long seq);

  /** Answers whether it was pinned before. */
  boolean unpin(UUID conversation, long seq);
}
