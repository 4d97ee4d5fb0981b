package dev.espalier.equivalence.core.text;

/**
 * A word, a number, a sign or a span of LaTeX mathematics.
 *
 * @param kind what it is
 * @param text as it stands in the canonical text; for mathematics without its delimiters
 * @param spaced whether a space stands before it
 */
public record Token(Kind kind, String text, boolean spaced) {

  /** The kinds of token. */
  public enum Kind {
    WORD,
    NUMBER,
    /** A number written as a word, such as "three"; its text is in digits. */
    COUNT,
    /** {@code + - * / ^ = < > %} and brackets. */
    SIGN,
    CURRENCY,
    PUNCTUATION,
    MATHS
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  public boolean isNumber() {
    return kind == Kind.NUMBER || kind == Kind.COUNT;
  }

  public boolean isSign(String signs) {
    return kind == Kind.SIGN && signs.contains(text);
  }
}
