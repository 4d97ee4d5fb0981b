package dev.espalier.search.upstream.http;

import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.tree.Candidate;
import java.util.List;

/**
 * What was read from an answer.
 *
 * @param usage what it cost
 * @param samples that it brought, for the meter to keep at once
 */
public record Answer<T>(T value, Usage usage, List<Candidate> samples) {

  public Answer {
    samples = List.copyOf(samples);
  }

  public Answer(T value, Usage usage) {
    this(value, usage, List.of());
  }

  /** Makes sense of a body. */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * @throws MalformedAnswerException where there is no sense in it
     */
    Answer<T> read(String body);
  }
}
