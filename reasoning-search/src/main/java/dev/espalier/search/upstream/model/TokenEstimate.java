package dev.espalier.search.upstream.model;

/**
 * Tokens of a text, without its model's tokenizer: three ASCII characters a token, and every other
 * character a token of its own. Mathematics in TeX comes to about three; plain English has more
 * characters a token, so that the estimate is rather too high.
 */
final class TokenEstimate {

  private static final int ASCII_CHARACTERS_PER_TOKEN = 3;

  private TokenEstimate() {}

  static long of(String text) {
    long ascii = text.chars().filter(c -> c < 0x80).count();
    return (ascii + ASCII_CHARACTERS_PER_TOKEN - 1) / ASCII_CHARACTERS_PER_TOKEN
        + (text.length() - ascii);
  }
}
