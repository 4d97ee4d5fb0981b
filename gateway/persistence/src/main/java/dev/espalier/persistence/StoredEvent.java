package dev.espalier.persistence;

/**
 * A row of an {@link EventTable}.
 *
 * @param seq its position within the stream, from 1
 * @param payload JSON
 */
public record StoredEvent(long seq, String type, String payload) {}
