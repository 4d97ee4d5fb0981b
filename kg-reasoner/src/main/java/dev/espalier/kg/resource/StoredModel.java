package dev.espalier.kg.resource;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A model without its artefact.
 *
 * @param kg the graph it was trained on; none when it was imported
 * @param origin {@code trained} or {@code imported}
 * @param config of the network, as JSON
 * @param metrics measured after the training, as JSON
 * @param provenance as JSON
 * @param relations how many it knows
 * @param parameters how many it has
 * @param bytes of the artefact
 */
public record StoredModel(
    UUID id,
    Optional<UUID> kg,
    Optional<String> name,
    String origin,
    String config,
    String metrics,
    String provenance,
    int relations,
    int parameters,
    long bytes,
    Instant createdAt) {}
