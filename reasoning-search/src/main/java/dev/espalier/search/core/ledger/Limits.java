package dev.espalier.search.core.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The most that a search may spend; null is no limit. Each one stops a search alone.
 *
 * @param tokens prompt and completion tokens of all calls
 * @param calls requests sent, retries too
 * @param time from the first claim on, without the time in which no worker held the search
 * @param money in the currency of the configured prices
 * @param nodes of the tree
 * @param depth steps from the root
 */
public record Limits(
    @Nullable Long tokens,
    @Nullable Long calls,
    @Nullable Duration time,
    @Nullable Double money,
    @Nullable Integer nodes,
    @Nullable Integer depth) {}
