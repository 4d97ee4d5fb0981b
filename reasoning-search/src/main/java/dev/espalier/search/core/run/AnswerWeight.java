package dev.espalier.search.core.run;

/** An answer and what its solutions weigh together in the vote. */
public record AnswerWeight(String answer, double weight) {}
