package dev.espalier.equivalence.api;

/** Which detector decided, and the threshold that was used. */
public record DetectorBody(String name, String version, double threshold) {}
