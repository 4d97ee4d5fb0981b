package dev.espalier.equivalence.core.compare;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
              "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
              "weekday", "weekend"),
          Set.of(
              "january", "february", "march", "april", "june", "july", "august", "september",
              "october", "november", "december"),
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
          Set.of("maximum", "minimum", "maximiz", "minimiz", "largest", "smallest", "greatest", "least"),
          Set.of("positiv", "positive", "negativ", "negative"),
          Set.of("numerator", "denominator"),
          Set.of("width", "length", "height", "depth"),
          Set.of("perimeter", "area", "volum", "volume", "circumferenc", "circumference"),
          Set.of("radiu", "radius", "diameter"),
          Set.of("mean", "median", "mod", "range"),
          Set.of("sin", "cosin", "cosine", "tangent"),
          Set.of("horizontal", "vertical"),
          Set.of("odd", "even"),
          Set.of("acut", "acute", "obtus", "obtuse"),
          Set.of("inner", "outer"),
          Set.of("top", "bottom"),
          Set.of("rational", "irrational"),
          Set.of("permutation", "combination"));

  private Exclusions() {}

  /** How many families the two sides take different members from. */
  static int conflicts(Collection<String> a, Collection<String> b) {
    int conflicts = 0;
    for (Set<String> family : FAMILIES) {
      Set<String> inA = new HashSet<>(family);
      inA.retainAll(a);
      Set<String> inB = new HashSet<>(family);
      inB.retainAll(b);
      boolean onlyA = inA.stream().anyMatch(word -> !inB.contains(word));
      boolean onlyB = inB.stream().anyMatch(word -> !inA.contains(word));
      conflicts += onlyA && onlyB ? 1 : 0;
    }
    return conflicts;
  }

  /** The families as a list, for making examples that differ in one such word. */
  static List<Set<String>> families() {
    return FAMILIES;
  }
}
