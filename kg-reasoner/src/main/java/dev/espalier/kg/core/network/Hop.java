package dev.espalier.kg.core.network;

/**
 * What happened at one hop.
 *
 * @param candidates new entities that were reached
 * @param kept those that stayed
 * @param edges walked
 * @param capped whether a limit on edges left some out
 */
public record Hop(int candidates, int kept, long edges, boolean capped) {}
