package dev.espalier.search.upstream.http;

import dev.espalier.search.core.ledger.Usage;

/**
 * What was read from an answer.
 *
 * @param usage what it cost
 */
public record Answer<T>(T value, Usage usage) {

  /** Makes sense of a body. */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * @throws MalformedAnswerException where there is no sense in it
     */
    Answer<T> read(String body);
  }
}
