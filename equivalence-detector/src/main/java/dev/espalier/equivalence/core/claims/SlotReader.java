package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.equivalence.core.text.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what stands around a value: its unit, its rate and its clause. */
final class SlotReader {

  private static final int MAX_UNIT_WORDS = 4;

  private static final Set<String> RATES = Set.of("per", "each", "every", "a", "an");

  private static final Set<String> UNIT_ENDS =
      Set.of(
          "is",
          "are",
          "was",
          "were",
          "so",
          "then",
          "which",
          "that",
          "because",
          "and",
          "has",
          "have",
          "had",
          "in",
          "on",
          "at",
          "for",
          "from",
          "to",
          "by",
          "with",
          "since",
          "when",
          "if",
          "but",
          "he",
          "she",
          "they",
          "it",
          "we",
          "will",
          "can",
          "this",
          "left",
          "remaining",
          "after",
          "before",
          "during",
          "than",
          "total",
          "altogether",
          "or",
          "as",
          "the",
          "not",
          "who");

  private static final Set<String> UNIT_FILLERS =
      Set.of("of", "more", "fewer", "less", "additional");

  private static final Set<String> CLAUSE_BREAKS =
      Set.of(
          "so", "because", "since", "if", "therefore", "thus", "hence", "then", "which", "meaning");

  private final List<Token> tokens;

  SlotReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  Slots after(Equation equation) {
    Slots slots = slots(equation.from(), equation.to(), equation.currency());
    return equation.units().isEmpty()
        ? slots
        : new Slots(
            slots.name(),
            slots.currency(),
            slots.percent(),
            equation.units(),
            slots.rate(),
            slots.clause());
  }

  Slots after(int from, int to) {
    return slots(from, to, from > 0 && tokens.get(from - 1).is(Kind.CURRENCY));
  }

  /** One past the number at the index, with a fraction bar or percent sign that belongs to it. */
  int endOfNumber(int i) {
    int end = i + 1;
    if (end + 1 < tokens.size()
        && tokens.get(end).isSign("/")
        && tokens.get(end + 1).is(Kind.NUMBER)) {
      end += 2;
    }
    return end < tokens.size() && tokens.get(end).isSign("%") ? end + 1 : end;
  }

  String numberText(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(tokens.get(i).isSign("%") ? "\\%" : tokens.get(i).text());
    }
    return text.toString();
  }

  private Slots slots(int from, int to, boolean currencyBefore) {
    boolean currency = currencyBefore || hasCurrencyWord(to);
    boolean percent = to > 0 && tokens.get(to - 1).isSign("%");
    List<String> unit = new ArrayList<>();
    String rate = "";
    int at = to;
    while (at < tokens.size() && unit.size() < MAX_UNIT_WORDS && rate.isEmpty()) {
      Token token = tokens.get(at);
      String word = Stems.lower(token.text());
      boolean slash = token.isSign("/");
      if (at + 1 < tokens.size()
          && (slash || RATES.contains(word))
          && tokens.get(at + 1).is(Kind.WORD)) {
        rate = Stems.of(tokens.get(at + 1).text());
      } else if (!token.is(Kind.WORD) || UNIT_ENDS.contains(word)) {
        break;
      } else if (!UNIT_FILLERS.contains(word) && !Stems.isEmpty(word)) {
        unit.add(Stems.of(word));
      }
      at++;
    }
    return new Slots("", currency, percent, unit, rate, clause(from, to));
  }

  private boolean hasCurrencyWord(int at) {
    if (at >= tokens.size()) {
      return false;
    }
    String word = Stems.lower(tokens.get(at).text());
    return word.equals("dollars") || word.equals("dollar");
  }

  private Set<String> clause(int from, int to) {
    Set<String> words = new HashSet<>();
    for (int i = from - 1; i >= 0 && !breaks(i); i--) {
      Words.stem(tokens.get(i)).ifPresent(words::add);
    }
    for (int i = to; i < tokens.size() && !breaks(i); i++) {
      Words.stem(tokens.get(i)).ifPresent(words::add);
    }
    return words;
  }

  private boolean breaks(int i) {
    Token token = tokens.get(i);
    return token.is(Kind.PUNCTUATION) && ".,;".contains(token.text())
        || token.is(Kind.WORD) && CLAUSE_BREAKS.contains(Stems.lower(token.text()));
  }
}
