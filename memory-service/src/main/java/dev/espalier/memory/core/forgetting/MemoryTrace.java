package dev.espalier.memory.core.forgetting;

/**
 * What is known of a turn when its strength is judged.
 *
 * @param sinceSeq the conversation's last sequence number when the turn came into its tier
 * @param isWaiting whether its vector is still to be made
 * @param information the sum of the inverse document frequencies of its word stems
 * @param isQuestion whether it ends by asking
 */
public record MemoryTrace(
    long seq,
    Tier tier,
    long sinceSeq,
    boolean isPinned,
    boolean isWaiting,
    double information,
    boolean isQuestion,
    Uses uses) {}
