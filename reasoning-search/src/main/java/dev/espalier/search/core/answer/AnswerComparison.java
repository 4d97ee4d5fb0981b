package dev.espalier.search.core.answer;

import dev.espalier.maths.Algebra;
import dev.espalier.maths.Expression;
import dev.espalier.maths.MathsReader;
import dev.espalier.maths.Relation;
import dev.espalier.maths.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When two answers are the same.
 *
 * <ul>
 *   <li>Numbers by exact value: 1,000 = 1000, 1/2 = .5 = 0.50. Nothing is rounded: 0.33 is not 1/3.
 *   <li>Currency, percent and degree signs and a unit after a number do not count, because the
 *       question fixes them: $18 = 18 dollars = 18, 50% = 50. So 50% is not 1/2.
 *   <li>Of a chain of equal signs its value counts: x = 5 and 2 + 3 = 5 are 5.
 *   <li>Expressions by algebraic equality: 2(x + 1) = 2x + 2.
 *   <li>Everything else by its text, without case, spaces and markup.
 * </ul>
 *
 * Sameness is equality of keys, so it is transitive.
 */
public final class AnswerComparison {

  private static final int MAX_CHARACTERS = 1_000;

  private static final Pattern TEXT =
      Pattern.compile("\\\\(?:text|textbf|mathrm|mathbf|mbox)\\s*\\{([^{}]*)\\}");
  private static final Pattern THOUSANDS =
      Pattern.compile("(?<![\\d.])\\d{1,3}(?:,\\d{3})+(?!\\d)");
  private static final Pattern SIGNS =
      Pattern.compile("\\\\?[$%]|[£€¥°]|\\^\\s*(?:\\\\circ|\\{\\s*\\\\circ\\s*\\})|\\*\\*");
  private static final Pattern WITH_UNIT =
      Pattern.compile("([-+]?[\\d./ ]*\\d)\\s+(\\p{L}{2,})[\\p{L}\\d ./²³^-]*");
  private static final Pattern WORDS = Pattern.compile("\\p{L}{2,}(?:[\\p{L} '-]*\\p{L})?");
  private static final Pattern CLOSING = Pattern.compile("(?<=.)[.!,;]+$");
  private static final Pattern LOOSE_MINUS = Pattern.compile("^(-)\\s+(?=\\d)");
  private static final Pattern MARKUP = Pattern.compile("[\\s{}()\\\\.,;:'\"]+");
  private static final Pattern MIXED = Pattern.compile("(-?)(\\d+) +(\\d+/\\d+)");
  private static final Set<String> NO_UNITS =
      Set.of("pi", "sqrt", "sin", "cos", "tan", "log", "or");

  private AnswerComparison() {}

  public static boolean same(String a, String b) {
    return key(a).equals(key(b));
  }

  /** Equal for answers that are the same, and only for those. */
  public static String key(String answer) {
    if (answer.length() > MAX_CHARACTERS) {
      return "text " + answer.strip();
    }
    String plain = plain(answer);
    return Optional.of(plain)
        .filter(text -> !WORDS.matcher(text).matches())
        .flatMap(MathsReader::read)
        .flatMap(AnswerComparison::value)
        .orElseGet(() -> "text " + MARKUP.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(""));
  }

  private static String plain(String answer) {
    String text = TEXT.matcher(answer.strip()).replaceAll(" $1 ").replace('−', '-');
    text = SIGNS.matcher(text).replaceAll(" ").strip();
    text = THOUSANDS.matcher(text).replaceAll(group -> group.group().replace(",", ""));
    text = CLOSING.matcher(text).replaceAll("");
    text = LOOSE_MINUS.matcher(text).replaceAll("$1").strip();
    Matcher unit = WITH_UNIT.matcher(text);
    if (unit.matches() && !NO_UNITS.contains(unit.group(2).toLowerCase(Locale.ROOT))) {
      text = unit.group(1).strip();
    }
    Matcher mixed = MIXED.matcher(text);
    return mixed.matches() ? mixed.replaceAll("$1($2+$3)") : text;
  }

  private static Optional<String> value(Relation relation) {
    Algebra algebra = new Algebra();
    List<Expression> members = relation.members();
    if (relation.signs().stream().allMatch("="::equals)) {
      return algebra.value(valued(members, algebra)).map(Value::key);
    }
    List<Optional<Value>> values = members.stream().map(algebra::value).toList();
    return values.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            relation.signs()
                + values.stream().map(value -> value.get().key()).collect(Collectors.joining(" ")))
        : Optional.empty();
  }

  /** The last member of a chain, or the first in {@code 5 = x}. */
  private static Expression valued(List<Expression> members, Algebra algebra) {
    Expression first = members.get(0);
    Expression last = members.get(members.size() - 1);
    boolean isReversed =
        last instanceof Expression.Name && algebra.value(first).flatMap(Value::exact).isPresent();
    return isReversed ? first : last;
  }
}
