package dev.espalier.search.core.spec;

import dev.espalier.search.core.ledger.Limits;

/**
 * What a client asked for, with every default filled in.
 *
 * @param problem the problem's text; data, never instruction
 * @param seed of every random choice
 */
public record SearchSpec(
    String problem,
    StrategySpec strategy,
    ProposerSpec proposer,
    ScorerSpec scorer,
    PruningSpec pruning,
    Limits limits,
    long seed) {}
