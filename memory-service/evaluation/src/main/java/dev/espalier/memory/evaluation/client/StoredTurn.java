package dev.espalier.memory.evaluation.client;

/** A turn as the service tells it. */
public record StoredTurn(long seq, String content) {}
