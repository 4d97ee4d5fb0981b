package dev.espalier.equivalence.core.compare;

import dev.espalier.equivalence.core.text.Stems;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Families of words that exclude each other: where one step names some members and the other step
 * names others, they speak of different things.
 */
final class Exclusions {

  private static final List<Set<String>> FAMILIES =
      List.of(
          family("girl", "boy", "man", "woman", "male", "female"),
          family("husband", "wife"),
          family("brother", "sister", "mother", "father", "uncle", "aunt", "cousin"),
          family("teacher", "student"),
          family("adult", "child"),
          family(
              "red", "blue", "green", "yellow", "white", "black", "orange", "purple", "pink",
              "brown"),
          family(
              "monday",
              "tuesday",
              "wednesday",
              "thursday",
              "friday",
              "saturday",
              "sunday",
              "weekday",
              "weekend"),
          family(
              "january",
              "february",
              "march",
              "april",
              "june",
              "july",
              "august",
              "september",
              "october",
              "november",
              "december"),
          family("morning", "afternoon", "evening", "night"),
          family("north", "south", "east", "west"),
          family("inch", "foot", "yard", "mile", "meter", "kilometer", "centimeter", "millimeter"),
          family("second", "minute", "hour", "day", "week", "month", "year"),
          family("ounce", "pound", "gram", "kilogram", "ton"),
          family("cup", "pint", "quart", "gallon", "liter", "litre", "teaspoon", "tablespoon"),
          family("dollar", "cent", "dime", "nickel", "quarter", "penny"),
          family("increase", "decrease"),
          family("profit", "loss"),
          family("save", "cost"),
          family("earn", "spend"),
          family("buy", "sell"),
          family("even", "odd"),
          family("maximum", "minimum"),
          family("positive", "negative"),
          family("numerator", "denominator"),
          family("width", "length", "height", "depth"),
          family("perimeter", "area", "volume", "circumference"),
          family("radius", "diameter"),
          family("mean", "median", "mode", "range"),
          family("sine", "cosine", "tangent"),
          family("horizontal", "vertical"),
          family("acute", "obtuse"),
          family("inner", "outer"),
          family("top", "bottom"),
          family("rational", "irrational"),
          family("permutation", "combination"),
          family("isosceles", "equilateral", "scalene"),
          family("prime", "composite"),
          family("arithmetic", "geometric", "harmonic"),
          family("upward", "downward"),
          family("up", "down"),
          family("clockwise", "counterclockwise"),
          family("complementary", "supplementary"),
          family("inscribed", "circumscribed"),
          family("add", "subtract", "multiply", "divide"),
          family("row", "column"),
          family("domain", "range"),
          family("hypotenuse", "leg"),
          family("finite", "infinite"),
          family("real", "imaginary"),
          family("linear", "quadratic", "cubic"),
          family("true", "false"),
          family("inside", "outside"),
          family("older", "younger"),
          family("taller", "shorter"),
          family("faster", "slower"),
          family("win", "lose"),
          family("head", "tail"),
          family("more", "fewer"),
          family("$x", "$y", "$z"));

  private static final Set<String> MEMBERS =
      FAMILIES.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

  private Exclusions() {}

  private static Set<String> family(String... words) {
    return Arrays.stream(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
  }

  /** How many families the two sides take different members from. */
  static int conflicts(Collection<String> a, Collection<String> b) {
    return count(a, b, (x, y) -> !y.containsAll(x) && !x.containsAll(y));
  }

  /** How many families both sides take members from, and none in common. */
  static int contradictions(Collection<String> a, Collection<String> b) {
    return count(a, b, (x, y) -> !x.isEmpty() && !y.isEmpty() && Collections.disjoint(x, y));
  }

  private static int count(
      Collection<String> a, Collection<String> b, BiPredicate<Set<String>, Set<String>> differ) {
    Set<String> x = members(a);
    Set<String> y = members(b);
    if (x.isEmpty() || y.isEmpty()) {
      return 0;
    }
    int count = 0;
    for (Set<String> family : FAMILIES) {
      Set<String> inA = new HashSet<>(family);
      inA.retainAll(x);
      Set<String> inB = new HashSet<>(family);
      inB.retainAll(y);
      count += differ.test(inA, inB) ? 1 : 0;
    }
    return count;
  }

  /** Most steps hold no such word at all. */
  private static Set<String> members(Collection<String> words) {
    Set<String> members = new HashSet<>(words);
    members.retainAll(MEMBERS);
    return members;
  }
}
