package dev.espalier.equivalence.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pairs made from one step by an edit whose effect is known. Some edits keep the meaning (operands
 * swapped, a percentage as a fraction, another opener), the others change it (a number, a unit, an
 * entity, the polarity, a clause dropped).
 *
 * @param seed of every choice
 * @param weight of the pairs in training
 */
record SyntheticEdits(long seed, double weight) {

  private static final Pattern PRODUCT =
      Pattern.compile("(\\d+(?:\\.\\d+)?) ?([*+x×]) ?(\\d+(?:\\.\\d+)?)(?= ?=)");
  private static final Pattern PERCENT = Pattern.compile("\\b(25|50|20|10|75|40|5)%");
  private static final Pattern RESULT = Pattern.compile("(= ?\\$?)(\\d+)");
  private static final Pattern NAME =
      Pattern.compile("(?<=[a-z,] )[A-Z][a-z]{2,}|^[A-Z][a-z]{2,}(?= has| had| makes)");
  private static final Pattern VERB = Pattern.compile("\\b(is|are|has|have|can|will|does)\\b");

  private static final List<List<String>> UNITS =
      List.of(
          List.of("hours", "minutes"),
          List.of("days", "weeks"),
          List.of("miles", "feet"),
          List.of("pounds", "ounces"),
          List.of("dollars", "cents"),
          List.of("boys", "girls"),
          List.of("left", "in total"),
          List.of("per day", "per week"),
          List.of("earned", "spent"),
          List.of("bought", "sold"));

  List<LabelledPair> of(List<LabelledPair> originals) {
    Random random = new Random(seed);
    List<LabelledPair> edited = new ArrayList<>();
    for (LabelledPair original : originals) {
      same(original.a(), random).ifPresent(b -> edited.add(pair(original, b, true)));
      different(original.a(), random).ifPresent(b -> edited.add(pair(original, b, false)));
    }
    return edited;
  }

  private LabelledPair pair(LabelledPair original, String b, boolean equivalent) {
    return new LabelledPair(
        "s",
        "synthetic",
        original.problem(),
        original.prefix(),
        original.a(),
        b,
        equivalent,
        weight);
  }

  private static Optional<String> same(String step, Random random) {
    Matcher product = PRODUCT.matcher(step);
    if (product.find()) {
      return Optional.of(product.replaceFirst("$3 $2 $1"));
    }
    Matcher percent = PERCENT.matcher(step);
    if (percent.find()) {
      String value = percent.group(1);
      return Optional.of(
          percent.replaceFirst(random.nextBoolean() ? value + "/100" : decimal(value)));
    }
    return Optional.empty();
  }

  private static String decimal(String percent) {
    return "0." + (percent.length() == 1 ? "0" + percent : percent);
  }

  private static Optional<String> different(String step, Random random) {
    List<String> edits = new ArrayList<>();
    Matcher result = RESULT.matcher(step);
    if (result.find()) {
      edits.add(result.replaceFirst("$1" + (Long.parseLong("0" + cut(result.group(2))) + 1)));
      int clause = step.lastIndexOf(',');
      if (clause > 15 && clause < result.start()) {
        edits.add(step.substring(0, clause) + ".");
      }
    }
    for (List<String> unit : UNITS) {
      edited(step, unit.get(0), unit.get(1)).ifPresent(edits::add);
      edited(step, unit.get(1), unit.get(0)).ifPresent(edits::add);
    }
    Matcher name = NAME.matcher(step);
    if (name.find()) {
      edits.add(name.replaceFirst("Priscilla"));
    }
    Matcher verb = VERB.matcher(step);
    if (verb.find() && !step.contains("=")) {
      edits.add(verb.replaceFirst("$1 not"));
    }
    return edits.isEmpty()
        ? Optional.empty()
        : Optional.of(edits.get(random.nextInt(edits.size())));
  }

  private static String cut(String digits) {
    return digits.length() > 15 ? digits.substring(0, 15) : digits;
  }

  private static Optional<String> edited(String step, String word, String other) {
    Matcher matcher = Pattern.compile("\\b" + word + "\\b").matcher(step);
    return matcher.find() ? Optional.of(matcher.replaceAll(other)) : Optional.empty();
  }
}
