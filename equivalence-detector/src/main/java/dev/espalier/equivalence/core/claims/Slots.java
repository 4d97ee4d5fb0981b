package dev.espalier.equivalence.core.claims;

import java.util.List;
import java.util.Set;

/**
 * What a value is a value of.
 *
 * @param name the variable or function that the value is given to, or empty
 * @param currency whether the value is an amount of money
 * @param percent whether the value is written with a percent sign
 * @param unit stems of the words right after the value, such as {@code pair, tenni, shoe}
 * @param rate the stem after "per", "each" or "every" right after the value, or empty
 * @param clause stems of the clause in which the value stands
 */
public record Slots(
    String name,
    boolean currency,
    boolean percent,
    List<String> unit,
    String rate,
    Set<String> clause) {

  public static final Slots NONE = new Slots("", false, false, List.of(), "", Set.of());

  public Slots {
    unit = List.copyOf(unit);
    clause = Set.copyOf(clause);
  }

  Slots named(String newName) {
    return new Slots(newName, currency, percent, unit, rate, clause);
  }

  String unitText() {
    String words = String.join(" ", unit);
    String money = currency ? "dollar" : words;
    return rate.isEmpty() ? money : money + " per " + rate;
  }
}
