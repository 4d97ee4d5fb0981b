package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import dev.espalier.maths.MathsReader;
import dev.espalier.maths.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds equations in running text, where units stand between the numbers: {@code 2 families * 6
 * people/family = 12 people}. Words count as a unit only between an operand and a sign.
 */
final class ProseEquations {

  private static final int MAX_UNIT_WORDS = 5;

  /** Words that end a unit, because a new clause or a label begins. */
  private static final Set<String> BREAKS =
      Set.of(
          "is", "are", "was", "were", "so", "then", "which", "that", "because", "and", "has",
          "have", "had", "thus", "get", "equals", "be", "if", "by", "we", "for", "x");

  private final List<Token> tokens;
  private final boolean[] unit;

  private ProseEquations(List<Token> tokens) {
    this.tokens = tokens;
    this.unit = new boolean[tokens.size()];
  }

  static List<Equation> in(List<Token> tokens) {
    return new ProseEquations(tokens).find();
  }

  private List<Equation> find() {
    markUnits();
    List<Equation> found = new ArrayList<>();
    int at = 0;
    while (at < tokens.size()) {
      int from = at;
      boolean hasRelation = false;
      boolean hasVariable = false;
      while (at < tokens.size() && (unit[at] || isMaths(at))) {
        hasRelation |= tokens.get(at).isSign("=<=>=!=");
        hasVariable |= isVariable(at);
        at++;
      }
      if (hasRelation || hasVariable) {
        found.addAll(equation(from, at));
      }
      at = Math.max(at, from + 1);
    }
    return found;
  }

  private void markUnits() {
    for (int i = 0; i < tokens.size(); i++) {
      if (!endsOperand(i)) {
        continue;
      }
      int next = i + 1;
      if (next + 1 < tokens.size()
          && tokens.get(next).isSign("/")
          && tokens.get(next + 1).is(Kind.WORD)
          && !isVariable(next + 1)) {
        unit[next] = true;
        unit[next + 1] = true;
        next += 2;
      }
      int end = next;
      while (end < tokens.size() && end - next < MAX_UNIT_WORDS && isUnitWord(end)) {
        end++;
      }
      if (end + 1 < tokens.size()
          && tokens.get(end).isSign("/")
          && tokens.get(end + 1).is(Kind.WORD)
          && !isVariable(end + 1)) {
        end += 2;
      }
      if (end < tokens.size() && tokens.get(end).isSign("+-*/=)")) {
        for (int j = next; j < end; j++) {
          unit[j] = true;
        }
      }
    }
  }

  private boolean isUnitWord(int i) {
    Token token = tokens.get(i);
    return token.is(Kind.WORD) && !BREAKS.contains(Stems.lower(token.text())) && !isVariable(i);
  }

  private boolean endsOperand(int i) {
    Token token = tokens.get(i);
    return token.is(Kind.NUMBER) || token.isSign(")%") || isVariable(i);
  }

  private boolean isMaths(int i) {
    Token token = tokens.get(i);
    return token.is(Kind.NUMBER)
        || token.is(Kind.SIGN)
        || token.is(Kind.CURRENCY)
        || isVariable(i)
        || (token.text().equals("|") && token.is(Kind.PUNCTUATION));
  }

  /** A single letter that stands next to a sign or a number; "a" and "I" are mostly words. */
  private boolean isVariable(int i) {
    Token token = tokens.get(i);
    if (!token.is(Kind.WORD) || token.text().length() != 1) {
      return false;
    }
    boolean after = i > 0 && neighbours(tokens.get(i - 1), !token.spaced());
    boolean before =
        i + 1 < tokens.size() && neighbours(tokens.get(i + 1), !tokens.get(i + 1).spaced());
    return after || before;
  }

  private static boolean neighbours(Token token, boolean attached) {
    return token.is(Kind.SIGN) && !token.isSign("()") || (attached && token.is(Kind.NUMBER));
  }

  private List<Equation> equation(int start, int end) {
    int from = start;
    int to = end;
    while (from < to && tokens.get(from).isSign("=*/+)^><")) {
      from++;
    }
    while (to > from
        && (tokens.get(to - 1).isSign("=*/+-(^<>")
            || unit[to - 1]
            || tokens.get(to - 1).is(Kind.CURRENCY))) {
      to--;
    }
    if (from >= to) {
      return List.of();
    }
    boolean labelled = from > start && tokens.get(start).isSign("=");
    String text = plain(from, to);
    Optional<Relation> whole = MathsReader.read(text);
    if (whole.isEmpty()) {
      return lastSide(from, to);
    }
    int first = quantityLabel(from, to);
    if (first > from) {
      String rest = plain(first, to);
      return List.of(found(MathsReader.read(rest), rest, first, to, true));
    }
    return List.of(found(whole, text, from, to, labelled));
  }

  /** Past the left side of {@code 1 hour = 60 minutes}, which is a name and no value. */
  private int quantityLabel(int from, int to) {
    boolean hasUnit = from + 1 < to && tokens.get(from).is(Kind.NUMBER) && unit[from + 1];
    int at = from + 1;
    while (hasUnit && at < to && unit[at]) {
      at++;
    }
    return hasUnit && at < to && tokens.get(at).isSign("=") ? at + 1 : from;
  }

  /** Where the left side is not mathematics, what follows the last equals sign may still be. */
  private List<Equation> lastSide(int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (tokens.get(i).isSign("=")) {
        String text = plain(i + 1, to);
        return List.of(found(MathsReader.read(text), text, i + 1, to, true));
      }
    }
    return List.of();
  }

  private Equation found(
      Optional<Relation> relation, String text, int from, int to, boolean labelled) {
    boolean currency = false;
    for (int i = to - 1; i >= from && !tokens.get(i).isSign("="); i--) {
      currency |= tokens.get(i).is(Kind.CURRENCY);
    }
    return new Equation(relation, text, from, to, List.of(), currency, labelled);
  }

  private String plain(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      Token token = tokens.get(i);
      if (!unit[i] && !token.is(Kind.CURRENCY)) {
        text.append(token.isSign("%") ? "\\%" : token.text()).append(' ');
      }
    }
    return text.toString().strip();
  }
}
