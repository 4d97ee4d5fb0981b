package dev.espalier.search.core.spec;

import org.jspecify.annotations.Nullable;

/**
 * Who scores.
 *
 * @param type {@code prm}, {@code chat}, {@code arithmetic_check} or {@code frequency}
 * @param model name of a configured upstream, or null for the default
 */
public record ScorerSpec(String type, @Nullable String model) {}
