package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import java.util.HashSet;
import java.util.List;
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
      if (stems.size() < MAX_STEMS
          && token.is(Kind.WORD)
          && token.text().length() > 1
          && !Stems.isEmpty(token.text())) {
        stems.add(Stems.of(token.text()));
      }
    }
    return stems;
  }

  static Set<String> near(List<Token> tokens, int at) {
    return in(tokens.subList(Math.max(0, at - NEAR), Math.min(tokens.size(), at + NEAR + 1)));
  }
}
