package dev.espalier.search.core.arithmetic;

import dev.espalier.maths.Rational;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Two of the numbers left, and what is done with them; the smaller first where it is all one. */
public record Move(Rational left, Operator operator, Rational right) {

  public Rational result() {
    return operator.apply(left, right);
  }

  /** Every different move, in an order that depends on the numbers alone. */
  public static List<Move> legal(List<Rational> numbers) {
    List<Rational> sorted = numbers.stream().sorted().toList();
    Set<Move> moves = new LinkedHashSet<>();
    for (int i = 0; i < sorted.size(); i++) {
      for (int j = i + 1; j < sorted.size(); j++) {
        Rational low = sorted.get(i);
        Rational high = sorted.get(j);
        moves.add(new Move(low, Operator.PLUS, high));
        moves.add(new Move(low, Operator.TIMES, high));
        moves.add(new Move(high, Operator.MINUS, low));
        moves.add(new Move(low, Operator.MINUS, high));
        for (Move division :
            List.of(
                new Move(high, Operator.DIVIDED_BY, low),
                new Move(low, Operator.DIVIDED_BY, high))) {
          if (division.operator().accepts(division.right())) {
            moves.add(division);
          }
        }
      }
    }
    return new ArrayList<>(moves);
  }
}
