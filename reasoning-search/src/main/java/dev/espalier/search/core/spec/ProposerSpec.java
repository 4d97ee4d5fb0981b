package dev.espalier.search.core.spec;

import org.jspecify.annotations.Nullable;

/**
 * Where steps come from.
 *
 * @param type {@code chat}, {@code completions}, {@code arithmetic} or {@code recorded}
 * @param model name of a configured upstream (and, after a slash, of a model that it allows), or
 *     null for the default
 * @param temperature of sampling, or null for the default
 * @param maxStepTokens most completion tokens of a step, or null for the default
 * @param duplicateRate {@code arithmetic} only: the share of samples that repeat an earlier one in
 *     other words, or null for the default
 */
public record ProposerSpec(
    String type,
    @Nullable String model,
    @Nullable Double temperature,
    @Nullable Integer maxStepTokens,
    @Nullable Double duplicateRate) {}
