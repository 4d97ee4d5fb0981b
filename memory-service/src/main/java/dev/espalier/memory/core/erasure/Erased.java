package dev.espalier.memory.core.erasure;

/**
 * How much was removed, by kind.
 *
 * @param turns whose text is gone, whether or not their number stays
 * @param vectors of all models
 * @param postings entries of the word index
 * @param summaries versions that covered an erased turn
 * @param idempotencyKeys answers that can be replayed no more
 * @param events that can be read again no more
 */
public record Erased(
    long conversations,
    long turns,
    long vectors,
    long postings,
    long summaries,
    long idempotencyKeys,
    long events) {

  public static final Erased NOTHING = new Erased(0, 0, 0, 0, 0, 0, 0);

  public Erased plus(Erased more) {
    return new Erased(
        conversations + more.conversations,
        turns + more.turns,
        vectors + more.vectors,
        postings + more.postings,
        summaries + more.summaries,
        idempotencyKeys + more.idempotencyKeys,
        events + more.events);
  }

  Erased withSummaries(long removed) {
    return new Erased(
        conversations, turns, vectors, postings, summaries + removed, idempotencyKeys, events);
  }
}
