package dev.espalier.search.core.arithmetic;

import dev.espalier.maths.Rational;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Make a target out of given numbers with the four operations, each number used at most once: the
 * Game of 24, Countdown and the like.
 *
 * @param numbers 2-8 of them
 * @param usesAll whether every number must be used
 */
public record ArithmeticProblem(List<Rational> numbers, Rational target, boolean usesAll) {

  private static final int MAX_NUMBERS = 8;
  private static final int MAX_CHARACTERS = 2_000;
  private static final Rational GAME_OF_24 = Rational.of(24);

  private static final String NUMBER = "(?<![\\p{L}\\d.])-?\\d{1,9}(?![\\p{L}\\d]|\\.\\d)";
  private static final Pattern ONE = Pattern.compile(NUMBER);
  private static final Pattern SEVERAL =
      Pattern.compile(NUMBER + "(?:(?:\\s*[,;]\\s*(?:and\\s+)?|\\s+and\\s+|\\s+)" + NUMBER + ")+");
  private static final Pattern TARGET =
      Pattern.compile(
          "(?i:make|get|obtain|reach|produce|form|equals?|target|total)(?i:\\s+(?:number|value|total|is|a|an|the|of|to|exactly))*\\s*[:=]?\\s*("
              + NUMBER
              + ")");
  private static final Pattern SOME =
      Pattern.compile(
          "(?i)\\bnot all\\b|\\bneed not\\b|\\bany of\\b|\\bsome\\b|\\bcountdown\\b|\\bat most once\\b");
  private static final Pattern ALL = Pattern.compile("(?i)\\ball\\b|\\beach\\b|\\bevery\\b");

  public ArithmeticProblem {
    numbers = List.copyOf(numbers);
    if (numbers.size() < 2 || numbers.size() > MAX_NUMBERS) {
      throw new IllegalArgumentException("2 to " + MAX_NUMBERS + " numbers, not " + numbers.size());
    }
  }

  /**
   * Reads {@code 4 5 6 10} (which asks for 24), {@code Use 4 5 6 10 to make 24} and the like. Where
   * the text does not say whether all numbers must be used, four numbers for 24 must, others need
   * not.
   *
   * @return empty where the text is no such puzzle, or not clearly
   */
  public static Optional<ArithmeticProblem> parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    Matcher target = TARGET.matcher(text);
    boolean hasTarget = target.find();
    String rest =
        hasTarget
            ? text.substring(0, target.start(1)) + " . " + text.substring(target.end(1))
            : text.strip();
    Matcher run = SEVERAL.matcher(rest);
    if (!run.find() || (!hasTarget && run.group().length() < rest.length())) {
      return Optional.empty();
    }
    List<Rational> numbers = numbers(run.group());
    if (numbers.size() > MAX_NUMBERS || run.find()) {
      return Optional.empty();
    }
    Rational wanted = hasTarget ? Rational.of(Long.parseLong(target.group(1))) : GAME_OF_24;
    return Optional.of(new ArithmeticProblem(numbers, wanted, usesAll(text, numbers, wanted)));
  }

  private static List<Rational> numbers(String run) {
    List<Rational> numbers = new ArrayList<>();
    Matcher number = ONE.matcher(run);
    while (number.find()) {
      numbers.add(Rational.of(Long.parseLong(number.group())));
    }
    return numbers;
  }

  private static boolean usesAll(String text, List<Rational> numbers, Rational target) {
    if (SOME.matcher(text).find()) {
      return false;
    }
    return ALL.matcher(text).find() || (target.equals(GAME_OF_24) && numbers.size() == 4);
  }
}
