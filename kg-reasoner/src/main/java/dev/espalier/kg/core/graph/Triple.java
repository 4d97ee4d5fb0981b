package dev.espalier.kg.core.graph;

/** A triple by ids. */
public record Triple(int head, int relation, int tail) {}
