package dev.espalier.search.core.arithmetic;

/**
 * What a text would cost as tokens of a language model: a token for every four characters, the rule
 * of thumb for English with figures. An estimate, good for comparing arms and for nothing else.
 */
final class TextTokens {

  private static final int CHARACTERS = 4;

  private TextTokens() {}

  static int in(String text) {
    return (text.length() + CHARACTERS - 1) / CHARACTERS;
  }
}
