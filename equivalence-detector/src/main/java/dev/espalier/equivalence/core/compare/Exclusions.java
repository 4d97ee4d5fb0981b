package dev.espalier.equivalence.core.compare;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Families of words that exclude each other: where one step names some members and the other step
 * names others, they speak of different things. The words are stems.
 */
final class Exclusions {

  private static final List<Set<String>> FAMILIES =
      List.of(
          Set.of("girl", "boy", "man", "woman", "male", "femal"),
          Set.of("husband", "wife"),
          Set.of("brother", "sister", "mother", "father", "uncl", "aunt", "cousin"),
          Set.of("teacher", "student"),
          Set.of("adult", "child"),
          Set.of(
              "red", "blu", "blue", "green", "yellow", "whit", "white", "black", "orang", "orange",
              "purpl", "purple", "pink", "brown"),
          Set.of(
              "monday",
              "tuesday",
              "wednesday",
              "thursday",
              "friday",
              "saturday",
              "sunday",
              "weekday",
              "weekend"),
          Set.of(
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
          Set.of("morning", "afternoon", "evening", "night"),
          Set.of("north", "south", "east", "west"),
          Set.of("inch", "foot", "yard", "mile", "meter", "kilometer", "centimeter", "millimeter"),
          Set.of("second", "minute", "hour", "day", "week", "month", "year"),
          Set.of("ounc", "ounce", "pound", "gram", "kilogram", "ton"),
          Set.of("cup", "pint", "quart", "gallon", "liter", "litre", "teaspoon", "tablespoon"),
          Set.of("dollar", "cent", "dim", "dime", "nickel", "quarter", "penny"),
          Set.of("increas", "decreas", "increase", "decrease"),
          Set.of("profit", "loss"),
          Set.of("sav", "save", "cost"),
          Set.of("earn", "spend"),
          Set.of("buy", "sell"),
          Set.of("even", "odd"),
          Set.of("maximum", "minimum"),
          Set.of("positiv", "positive", "negativ", "negative"),
          Set.of("numerator", "denominator"),
          Set.of("width", "length", "height", "depth"),
          Set.of("perimeter", "area", "volum", "volume", "circumferenc", "circumference"),
          Set.of("radiu", "radius", "diameter"),
          Set.of("mean", "median", "mod", "range"),
          Set.of("sin", "cosin", "cosine", "tangent"),
          Set.of("horizontal", "vertical"),
          Set.of("acut", "acute", "obtus", "obtuse"),
          Set.of("inner", "outer"),
          Set.of("top", "bottom"),
          Set.of("rational", "irrational"),
          Set.of("permutation", "combination"),
          Set.of("isoscele", "isosceles", "equilateral", "scalene", "scalen"),
          Set.of("prim", "prime", "composit", "composite"),
          Set.of("arithmetic", "geometric", "harmonic"),
          Set.of("upward", "downward"),
          Set.of("up", "down"),
          Set.of("clockwise", "clockwis", "counterclockwise", "counterclockwis"),
          Set.of("complementary", "supplementary"),
          Set.of("inscrib", "circumscrib", "inscribed", "circumscribed"),
          Set.of("add", "subtract", "multiply", "divid", "divide"),
          Set.of("row", "column"),
          Set.of("domain", "range"),
          Set.of("hypotenus", "hypotenuse", "leg"),
          Set.of("finit", "finite", "infinit", "infinite"),
          Set.of("real", "imaginary"),
          Set.of("linear", "quadratic", "cubic"),
          Set.of("true", "fals", "false"),
          Set.of("insid", "inside", "outsid", "outside"),
          Set.of("older", "younger"),
          Set.of("taller", "shorter"),
          Set.of("faster", "slower"),
          Set.of("win", "lose", "lost"),
          Set.of("head", "tail"),
          Set.of("more", "fewer", "less"));

  private Exclusions() {}

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
    int count = 0;
    for (Set<String> family : FAMILIES) {
      Set<String> inA = new HashSet<>(family);
      inA.retainAll(a);
      Set<String> inB = new HashSet<>(family);
      inB.retainAll(b);
      count += differ.test(inA, inB) ? 1 : 0;
    }
    return count;
  }

  /** The families as a list, for making examples that differ in one such word. */
  static List<Set<String>> families() {
    return FAMILIES;
  }
}
