package dev.espalier.search.core.run;

/**
 * The solution that a search shows.
 *
 * @param node where it ends
 * @param text its steps, a paragraph each
 * @param score the scorer's for the last step, 0-1
 * @param isFinished whether it has come to an end, or is only the most promising beginning
 */
public record BestSolution(int node, String text, double score, int visits, boolean isFinished) {}
