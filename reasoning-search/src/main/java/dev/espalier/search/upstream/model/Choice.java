package dev.espalier.search.upstream.model;

import org.jspecify.annotations.Nullable;

/** One sample of an answer. */
sealed interface Choice {

  /** Characters that the model wrote for it, thoughts included: its share of the bill. */
  int length();

  /**
   * A step.
   *
   * @param logProbability mean of its tokens, or null
   */
  record Step(String text, @Nullable Double logProbability, boolean isTerminal, int length)
      implements Choice {}

  /** The model had nothing to say: after a finished solution that is right. */
  record Empty(int length) implements Choice {}

  /** The model or its server would not say it. */
  record Refused(int length) implements Choice {}

  /** No step can be read from it. */
  record Malformed(int length) implements Choice {}
}
