package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.text.Stems;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.maths.Expression;
import dev.espalier.maths.Expression.Application;
import dev.espalier.maths.Expression.Literal;
import dev.espalier.maths.Expression.Name;
import dev.espalier.maths.Expression.Negation;
import dev.espalier.maths.Expression.Power;
import dev.espalier.maths.Expression.Product;
import dev.espalier.maths.Expression.Quotient;
import dev.espalier.maths.Expression.Root;
import dev.espalier.maths.Expression.Sum;
import dev.espalier.maths.Expression.Tuple;
import dev.espalier.maths.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the variables that a step introduces the names v1, v2 ... in the order in which they come,
 * so that "Let x be" and "Let n be" read alike. Names that the problem or the prefix uses stay, and
 * so do all names of a step that introduces none: m and b of a line are not the same.
 */
final class Renaming {

  private static final Set<String> CONSTANTS = Set.of("pi", "e", "i", "∞", "…", "±", "°");

  private static final Set<String> INTRODUCES = Set.of("let", "denote", "call", "represent");

  private final boolean introduces;
  private final Set<String> kept;
  private final Map<String, String> names = new HashMap<>();

  private Renaming(boolean introduces, Set<String> kept) {
    this.introduces = introduces;
    this.kept = kept;
  }

  static Renaming in(List<Token> tokens, Set<String> kept) {
    boolean introduces =
        tokens.stream()
            .anyMatch(t -> t.is(Token.Kind.WORD) && INTRODUCES.contains(Stems.lower(t.text())));
    return new Renaming(introduces, kept);
  }

  Relation apply(Relation relation) {
    return new Relation(relation.members().stream().map(this::apply).toList(), relation.signs());
  }

  private Expression apply(Expression e) {
    if (e instanceof Name name) {
      return new Name(renamed(name.name()));
    }
    if (e instanceof Sum sum) {
      return new Sum(apply(sum.left()), apply(sum.right()));
    }
    if (e instanceof Negation negation) {
      return new Negation(apply(negation.of()));
    }
    if (e instanceof Product product) {
      return new Product(apply(product.left()), apply(product.right()));
    }
    if (e instanceof Quotient quotient) {
      return new Quotient(apply(quotient.dividend()), apply(quotient.divisor()));
    }
    if (e instanceof Power power) {
      return new Power(apply(power.base()), apply(power.exponent()));
    }
    if (e instanceof Root root) {
      return new Root(apply(root.of()), root.index());
    }
    if (e instanceof Application application) {
      return new Application(application.function(), apply(application.argument()));
    }
    if (e instanceof Tuple tuple) {
      return new Tuple(tuple.brackets(), tuple.members().stream().map(this::apply).toList());
    }
    return (Literal) e;
  }

  private String renamed(String name) {
    if (!introduces || kept.contains(name) || CONSTANTS.contains(name) || name.indexOf(':') >= 0) {
      return name;
    }
    return names.computeIfAbsent(name, n -> "v" + (names.size() + 1));
  }
}
