package dev.espalier.search.evaluation.game24;

import dev.espalier.maths.Rational;
import java.util.ArrayList;
import java.util.List;

/** Whether a number can be made of others, by trying everything; an oracle, for making puzzles. */
final class Reachability {

  private Reachability() {}

  /** Whether all numbers together make the target with + - * /. */
  static boolean makes(List<Rational> numbers, Rational target) {
    if (numbers.size() == 1) {
      return numbers.get(0).equals(target);
    }
    for (int i = 0; i < numbers.size(); i++) {
      for (int j = i + 1; j < numbers.size(); j++) {
        List<Rational> rest = new ArrayList<>(numbers);
        Rational b = rest.remove(j);
        Rational a = rest.remove(i);
        for (Rational result : results(a, b)) {
          rest.add(result);
          if (makes(rest, target)) {
            return true;
          }
          rest.remove(rest.size() - 1);
        }
      }
    }
    return false;
  }

  private static List<Rational> results(Rational a, Rational b) {
    List<Rational> results =
        new ArrayList<>(List.of(a.plus(b), a.times(b), a.minus(b), b.minus(a)));
    if (b.signum() != 0) {
      results.add(a.dividedBy(b));
    }
    if (a.signum() != 0) {
      results.add(b.dividedBy(a));
    }
    return results;
  }
}
