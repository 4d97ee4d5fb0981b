package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stems of the words that carry meaning. */
final class Words {

  /** How many tokens to each side count as near. */
  private static final int NEAR = 7;

  private static final int MAX_STEMS = 400;

  private Words() {}

  static Set<String> in(List<Token> tokens) {
    Set<String> stems = new HashSet<>();
    for (Token token : tokens) {
      stem(token).filter(s -> stems.size() < MAX_STEMS).ifPresent(stems::add);
    }
    return stems;
  }

  /** The stem of a word that carries meaning; a lone letter of mathematics counts as one. */
  static Optional<String> stem(Token token) {
    String text = token.text();
    if (token.is(Kind.MATHS) && text.length() == 1 && Character.isLetter(text.charAt(0))) {
      return Optional.of("$" + text);
    }
    return token.is(Kind.WORD) && text.length() > 1 && !Stems.isEmpty(text)
        ? Optional.of(Stems.of(text))
        : Optional.empty();
  }

  static Set<String> near(List<Token> tokens, int at) {
    return in(tokens.subList(Math.max(0, at - NEAR), Math.min(tokens.size(), at + NEAR + 1)));
  }
}
