package dev.espalier.maths;

import java.util.List;

/**
 * A chain of expressions and what stands between them, such as {@code 2x = 6} or {@code 1 + 2 = 3};
 * a single expression is a chain of one.
 *
 * @param members at least one
 * @param signs one fewer than the members, each of {@code = != < <= > >= ~}
 */
public record Relation(List<Expression> members, List<String> signs) {

  public Relation {
    members = List.copyOf(members);
    signs = List.copyOf(signs);
    if (members.isEmpty() || signs.size() != members.size() - 1) {
      throw new IllegalArgumentException("a sign between every two members");
    }
  }

  public Expression last() {
    return members.get(members.size() - 1);
  }
}
