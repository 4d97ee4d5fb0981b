package dev.espalier.gateway.core.llm;

import java.util.Optional;

/**
 * Who is asked for a model, and who instead if that one cannot answer.
 *
 * @param first asked always
 * @param fallback asked at most once, and only if {@code first} failed
 */
public record ModelRoute(Stop first, Optional<Stop> fallback) {

  /**
   * An upstream and one of its models.
   *
   * @param model as the upstream calls it
   */
  public record Stop(String upstream, String model) {}
}
