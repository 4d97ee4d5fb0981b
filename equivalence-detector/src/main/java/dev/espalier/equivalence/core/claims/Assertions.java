package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import java.util.List;
import java.util.Set;

/**
 * Tells by the words before it whether a value or an equation is asserted, assumed or only named.
 */
final class Assertions {

  private static final Set<String> NO_ASSERTION =
      Set.of("modulo", "mod", "than", "base", "from", "the", "when", "where", "for", "if");

  /** Before "by": what a value is the measure of. */
  private static final Set<String> VALUE_BY =
      Set.of("chang", "change", "differ", "increas", "decreas", "grow", "shift", "exceed");

  /** Before "of": what is of a value without having it. */
  private static final Set<String> NO_VALUE_OF =
      Set.of(
          "multiple",
          "multipl",
          "power",
          "factor",
          "divisor",
          "coefficient",
          "each",
          "graph",
          "expansion",
          "factorization",
          "value",
          "valu",
          "sid",
          "side",
          "term");

  /** Words before an equation that is assumed and not concluded. */
  private static final Set<String> PREMISE =
      Set.of(
          "if",
          "when",
          "since",
          "given",
          "suppose",
          "assume",
          "assuming",
          "substituting",
          "substitute",
          "plugging",
          "setting",
          "letting",
          "where",
          "for",
          "using",
          "from",
          "with");

  private final List<Token> tokens;

  Assertions(List<Token> tokens) {
    this.tokens = tokens;
  }

  boolean isPremise(int at) {
    for (int i = at - 1; i >= Math.max(0, at - 2) && tokens.get(i).is(Token.Kind.WORD); i--) {
      if (PREMISE.contains(Stems.lower(tokens.get(i).text()))) {
        return true;
      }
    }
    return false;
  }

  /** "Divisible by 3", "multiples of 4" and "distribute the 3" assert no value. */
  boolean isAsserted(int at) {
    if (at == 0 || !tokens.get(at - 1).is(Token.Kind.WORD)) {
      return true;
    }
    String before = Stems.lower(tokens.get(at - 1).text());
    String second = at < 2 ? "" : Stems.of(tokens.get(at - 2).text());
    return switch (before) {
      case "of" -> !NO_VALUE_OF.contains(second);
      case "by" -> VALUE_BY.contains(second);
      default -> !NO_ASSERTION.contains(before);
    };
  }

  /** "Two sides" and "three cases" count things and assert nothing. */
  boolean isQuantity(int at) {
    Token token = tokens.get(at);
    return token.is(Token.Kind.NUMBER)
        || (token.is(Token.Kind.COUNT) && !token.text().equals("2") && !token.text().equals("3"));
  }
}
