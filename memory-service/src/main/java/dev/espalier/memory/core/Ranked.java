package dev.espalier.memory.core;

/**
 * A turn in one index's ranking, best first.
 *
 * @param score what that index says of it: a cosine similarity, or a BM25 score
 */
public record Ranked(long seq, double score) {}
