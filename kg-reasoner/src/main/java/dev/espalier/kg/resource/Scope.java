package dev.espalier.kg.resource;

import java.time.Instant;

/**
 * On whose behalf something is done, and until when its result is of use.
 *
 * @param tenant the only tenant whose rows can be seen
 */
public record Scope(String tenant, Instant deadline) {}
