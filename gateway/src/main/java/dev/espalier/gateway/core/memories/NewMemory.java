package dev.espalier.gateway.core.memories;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A memory to store.
 *
 * @param at when it was said, or null for now
 */
public record NewMemory(
    String role,
    String text,
    Entities entities,
    Map<String, Object> metadata,
    List<String> categories,
    @Nullable LocalDate expiresAfter,
    @Nullable Instant at) {}
