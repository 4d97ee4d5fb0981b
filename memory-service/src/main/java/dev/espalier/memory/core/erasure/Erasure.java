package dev.espalier.memory.core.erasure;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of an erasure. It does not say whom or what it was about.
 *
 * @param completedAt null while it runs
 */
public record Erasure(UUID id, Instant requestedAt, @Nullable Instant completedAt, Erased erased) {}
