package dev.espalier.memory.core;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without its turns.
 *
 * @param subject whom or what it is about, the client's own key
 * @param version grows with every change of the conversation or its turns
 * @param lastSeq the sequence number of the newest turn, 0 when there is none
 */
public record Conversation(
    UUID id,
    @Nullable String title,
    @Nullable String subject,
    Map<String, Object> metadata,
    long version,
    long lastSeq,
    Instant createdAt,
    Instant updatedAt) {}
