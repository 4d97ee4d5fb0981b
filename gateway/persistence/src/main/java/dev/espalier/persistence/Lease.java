package dev.espalier.persistence;

import java.util.UUID;

/**
 * A task that one worker holds for a while.
 *
 * @param id of the task
 * @param tenant whose task it is
 * @param fence grows with every claim of the task: of two holders, the one with the smaller number
 *     is late, and whatever it writes is refused
 * @param failures how often the task has failed so far
 */
public record Lease(UUID id, String tenant, long fence, int failures) {}
