package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Canonical;
import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import dev.espalier.equivalence.core.text.Tokens;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known before the step: the facts, words and names of the problem and of the prefix.
 *
 * @param numbers the values that are named, with the stems of the words that stand near them
 * @param claims keys of the claims made
 * @param words stems of the words
 * @param names proper names in lower case
 * @param variables single letters in use
 */
public record Givens(
    Map<String, Set<String>> numbers,
    Set<String> claims,
    Set<String> words,
    Set<String> names,
    Set<String> variables) {

  /** A problem longer than this is read up to here. */
  private static final int MAX_PREFIX_STEPS = 128;

  private static final Pattern LETTER = Pattern.compile("(?<![\\\\\\p{L}'])[A-Za-z](?![\\p{L}'])");

  public static Givens of(String problem, List<String> prefix) {
    Givens givens =
        new Givens(
            new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    givens.add(problem);
    prefix.stream().limit(MAX_PREFIX_STEPS).forEach(givens::add);
    return givens;
  }

  private void add(String text) {
    Canonical canonical = Canonical.of(text);
    List<Token> tokens = Tokens.of(canonical.text());
    names.addAll(Names.in(tokens));
    for (Token token : tokens) {
      if (token.is(Kind.WORD) && !Stems.isEmpty(token.text())) {
        words.add(Stems.of(token.text()));
      }
      if (token.is(Kind.MATHS)) {
        token.text().chars().filter(Givens::isLatin).forEach(c -> variables.add("" + (char) c));
      }
    }
    Matcher letter = LETTER.matcher(canonical.text());
    while (letter.find()) {
      variables.add(letter.group());
    }
    Numbers.positions(tokens).forEach((at, value) -> name(value, Words.near(tokens, at)));
    for (Claim claim : new ClaimReader(this, tokens).all()) {
      claims.add(claim.key());
      if (claim.isNumber()) {
        name(claim.value(), claim.slots().clause());
      }
    }
  }

  private void name(String value, Set<String> context) {
    numbers.computeIfAbsent(value, v -> new HashSet<>()).addAll(context);
  }

  /** Whether the value is known and the words near it fit, or there are none. */
  boolean hold(String value, Set<String> context) {
    Set<String> known = numbers.get(value);
    return known != null
        && (context.isEmpty() || known.isEmpty() || context.stream().anyMatch(known::contains));
  }

  private static boolean isLatin(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
