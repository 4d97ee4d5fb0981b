package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stems of proper names: capitalised words that do not begin a sentence. */
final class Names {

  /** Verbs after which a capitalised word at the start of a sentence is a person's name. */
  private static final Set<String> ACTS =
      Set.of(
          "has",
          "had",
          "wants",
          "wanted",
          "buys",
          "bought",
          "owns",
          "earns",
          "earned",
          "makes",
          "made",
          "spends",
          "spent",
          "pays",
          "paid",
          "sells",
          "sold",
          "eats",
          "ate",
          "drinks",
          "works",
          "worked",
          "goes",
          "went",
          "plans",
          "decides",
          "decided",
          "needs",
          "gets",
          "got",
          "gives",
          "gave",
          "invited",
          "collects",
          "runs",
          "walks",
          "plays",
          "read",
          "reads");

  private Names() {}

  static Set<String> in(List<Token> tokens) {
    Set<String> names = new HashSet<>();
    for (int i = 1; i < tokens.size(); i++) {
      if (isCapitalised(tokens.get(i)) && !endsSentence(tokens.get(i - 1))) {
        names.add(plain(tokens.get(i)));
      }
    }
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean acts = ACTS.contains(Stems.lower(tokens.get(i + 1).text()));
      if (isCapitalised(tokens.get(i)) && (acts || tokens.get(i).text().endsWith("'s"))) {
        names.add(plain(tokens.get(i)));
      }
    }
    return names;
  }

  /** Names in the tokens, and words at a sentence's start that are known to be names. */
  static Set<String> in(List<Token> tokens, Set<String> known) {
    Set<String> names = in(tokens);
    for (Token token : tokens) {
      if (isCapitalised(token) && known.contains(plain(token))) {
        names.add(plain(token));
      }
    }
    return names;
  }

  private static boolean isCapitalised(Token token) {
    return token.is(Kind.WORD)
        && token.text().length() > 1
        && Character.isUpperCase(token.text().charAt(0))
        && !token.text().equals("I'm")
        && !Stems.isEmpty(token.text());
  }

  private static boolean endsSentence(Token token) {
    return token.is(Kind.PUNCTUATION) && ".!?:\"".contains(token.text());
  }

  private static String plain(Token token) {
    return Stems.of(token.text());
  }
}
