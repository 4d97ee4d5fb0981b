package dev.espalier.kg.resource;

import java.time.Instant;
import java.util.UUID;

/** A place in a list that is ordered by age. */
public record Position(Instant createdAt, UUID id) {}
