package dev.espalier.memory.core.summary;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is worth keeping of a stretch of a conversation.
 *
 * @param headline the few sentences that say most, in the order in which they were said
 * @param body these and more
 */
public record Summary(List<Sentence> headline, List<Sentence> body) {

  public Summary {
    headline = List.copyOf(headline);
    body = List.copyOf(body);
  }

  public String headlineText() {
    return text(headline);
  }

  public String bodyText() {
    return text(body);
  }

  private static String text(List<Sentence> sentences) {
    return sentences.stream().map(Sentence::text).collect(Collectors.joining("\n"));
  }
}
