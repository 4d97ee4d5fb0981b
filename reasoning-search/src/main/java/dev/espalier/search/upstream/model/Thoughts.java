package dev.espalier.search.upstream.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a reasoning model thinks aloud before it answers; it is paid for and thrown away. */
final class Thoughts {

  private static final Pattern CLOSED =
      Pattern.compile(
          "<(think|thinking|reasoning)>.*?</\\1>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern OPEN =
      Pattern.compile("<(think|thinking|reasoning)>", Pattern.CASE_INSENSITIVE);

  /** Some servers put the opening tag into the prompt, so that only the closing one comes back. */
  private static final Pattern CLOSING =
      Pattern.compile(
          "^.*</(think|thinking|reasoning)>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private Thoughts() {}

  /** The text without them, or nothing where it ends in the middle of a thought. */
  static Optional<String> strip(String text) {
    String rest = CLOSING.matcher(CLOSED.matcher(text).replaceAll("")).replaceFirst("");
    return OPEN.matcher(rest).find() ? Optional.empty() : Optional.of(rest);
  }
}
