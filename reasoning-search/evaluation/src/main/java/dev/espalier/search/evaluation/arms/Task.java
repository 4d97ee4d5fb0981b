package dev.espalier.search.evaluation.arms;

import dev.espalier.search.core.port.StepProposer;
import java.util.function.Predicate;

/**
 * A problem, and whether an answer to it is right.
 *
 * @param proposer the environment, the same for all arms
 * @param isRight judges the text of the answer
 */
public record Task(String id, String problem, StepProposer proposer, Predicate<String> isRight) {}
