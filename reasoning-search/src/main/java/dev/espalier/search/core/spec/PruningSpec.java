package dev.espalier.search.core.spec;

import org.jspecify.annotations.Nullable;

/**
 * What is merged.
 *
 * @param threshold of the detector, 0-1, or null for its default
 * @param hasTranspositions whether a state that another branch has reached is explored once
 */
public record PruningSpec(
    PruningMode mode, @Nullable Double threshold, boolean hasTranspositions) {}
