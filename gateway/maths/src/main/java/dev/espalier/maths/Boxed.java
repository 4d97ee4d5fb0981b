package dev.espalier.maths;

import java.util.Optional;

/** LaTeX's {@code \boxed{...}}, by which solutions mark their answer. */
public final class Boxed {

  private Boxed() {}

  /** What the last box holds, with the braces inside it balanced; empty where it is not closed. */
  public static Optional<String> last(String text) {
    int at = text.lastIndexOf("\\boxed");
    int open = at < 0 ? -1 : text.indexOf('{', at);
    if (open < 0) {
      return Optional.empty();
    }
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return Optional.of(text.substring(open + 1, i));
      }
    }
    return Optional.empty();
  }
}
