package dev.espalier.kg.core.graph;

/** A triple by names. */
public record NamedTriple(String head, String relation, String tail) {}
