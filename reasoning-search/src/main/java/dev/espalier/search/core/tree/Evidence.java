package dev.espalier.search.core.tree;

import java.util.List;

/**
 * Why two siblings were taken for equivalent.
 *
 * @param a index of a candidate
 * @param b index of another one
 * @param probability of being equivalent, 0-1
 * @param tier which part of the detector decided, such as {@code claims} or {@code verbatim}
 * @param reason the detector's code
 * @param claims what both assert
 */
public record Evidence(
    int a, int b, double probability, String tier, String reason, List<String> claims) {
  public Evidence {
    claims = List.copyOf(claims);
  }
}
