package dev.espalier.kg.resource;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A training.
 *
 * @param kg what it trains on
 * @param snapshot the graph as it was when the job was taken in
 * @param request what was asked for, as JSON
 * @param progress as JSON
 * @param error as JSON, when it failed
 * @param model when it succeeded, and the model was not deleted since
 */
public record Job(
    UUID id,
    UUID kg,
    long snapshot,
    JobStatus status,
    String request,
    String progress,
    Optional<String> error,
    Optional<UUID> model,
    Instant createdAt,
    Instant updatedAt) {}
