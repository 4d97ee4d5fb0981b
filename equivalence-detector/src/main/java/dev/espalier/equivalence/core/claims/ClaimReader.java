package dev.espalier.equivalence.core.claims;

import dev.espalier.equivalence.core.claims.Claim.Kind;
import dev.espalier.equivalence.core.text.Token;
import dev.espalier.maths.Algebra;
import dev.espalier.maths.Expression;
import dev.espalier.maths.Expression.Application;
import dev.espalier.maths.Expression.Literal;
import dev.espalier.maths.Expression.Name;
import dev.espalier.maths.MathsReader;
import dev.espalier.maths.Rational;
import dev.espalier.maths.Relation;
import dev.espalier.maths.Value;
import dev.espalier.maths.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the claims of one step in the order in which they stand. */
final class ClaimReader {

  private static final int MAX_EQUATIONS = 80;

  private final List<Token> tokens;
  private final SlotReader slots;
  private final Assertions assertions;
  private final Renaming renaming;
  private final Algebra algebra = new Algebra();
  private final List<Claim> claims = new ArrayList<>();
  private final List<Set<String>> inputs = new ArrayList<>();
  private final Set<Claim> premises = new HashSet<>();
  private final Set<String> operands = new HashSet<>();
  private final boolean[] covered;

  ClaimReader(Givens givens, List<Token> tokens) {
    this.tokens = tokens;
    this.slots = new SlotReader(tokens);
    this.assertions = new Assertions(tokens);
    this.renaming = Renaming.in(tokens, givens.variables());
    this.covered = new boolean[tokens.size()];
  }

  /** Every claim, repeated ones and intermediate results included. */
  List<Claim> all() {
    List<Equation> equations = new ArrayList<>(ProseEquations.in(tokens));
    equations.addAll(TexEquations.in(tokens));
    equations.sort(Comparator.comparingInt(Equation::from));
    equations.stream().limit(MAX_EQUATIONS).forEach(this::read);
    statedNumbers();
    return claims;
  }

  /**
   * The claims that the step ends with: without what the givens hold, and without results that a
   * later computation of the step uses.
   */
  List<Claim> conclusions(Givens givens) {
    all();
    List<Claim> conclusions = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i);
      if (!isGiven(claim, givens) && !isUsedLater(i) && keys.add(claim.key())) {
        conclusions.add(claim);
      }
    }
    return withoutRepeatedNumbers(withoutPremises(conclusions));
  }

  /** Values that enter the computations of the step. */
  Set<String> operands() {
    return operands;
  }

  private static boolean isGiven(Claim claim, Givens givens) {
    return switch (claim.kind()) {
      case STATED ->
          claim.isNumber()
              ? givens.hold(claim.value(), claim.slots().clause())
              : givens.claims().contains(claim.key());
      case COMPUTED ->
          (!claim.isNumber() || !claim.slots().name().isEmpty())
              && givens.claims().contains(claim.key());
      case RELATION, UNREAD -> givens.claims().contains(claim.key());
      case STATE -> false;
    };
  }

  private boolean isUsedLater(int index) {
    Claim claim = claims.get(index);
    for (int later = index + 1; later < claims.size(); later++) {
      boolean feeds = inputs.get(later).contains(claim.value());
      boolean rewritten =
          claim.kind() == Kind.RELATION
              && claims.get(later).kind() == Kind.RELATION
              && claim.value().equals(claims.get(later).value())
              && !claim.form().equals(claims.get(later).form());
      boolean specified =
          claim.exact().isEmpty()
              && !claim.slots().name().isEmpty()
              && claim.slots().name().equals(claims.get(later).slots().name());
      if (feeds || rewritten || specified) {
        return true;
      }
    }
    return claim.kind() == Kind.STATED && operands.contains(claim.value());
  }

  private List<Claim> withoutPremises(List<Claim> conclusions) {
    List<Claim> rest = conclusions.stream().filter(claim -> !premises.contains(claim)).toList();
    return rest.isEmpty() ? conclusions : rest;
  }

  private static List<Claim> withoutRepeatedNumbers(List<Claim> conclusions) {
    Set<String> computed = new HashSet<>();
    conclusions.stream()
        .filter(claim -> claim.kind() != Kind.STATED)
        .forEach(claim -> computed.add(claim.form()));
    return conclusions.stream()
        .filter(claim -> claim.kind() != Kind.STATED || computed.isEmpty())
        .toList();
  }

  private void read(Equation equation) {
    for (int i = equation.from(); i < equation.to(); i++) {
      covered[i] = true;
    }
    int before = claims.size();
    readAs(equation);
    if (assertions.isPremise(equation.from())) {
      premises.addAll(claims.subList(before, claims.size()));
    }
  }

  private void readAs(Equation equation) {
    if (equation.relation().isEmpty()) {
      String text = equation.raw().replaceAll("\\s+", "");
      add(
          new Claim(Kind.UNREAD, text, text, Optional.empty(), "", true, slots.after(equation)),
          Set.of());
      return;
    }
    Relation relation = renamed(equation.relation().get());
    if (equation.isChain()) {
      chain(relation, equation);
    } else if (!(relation.last() instanceof Name) && assertions.isAsserted(equation.from())) {
      single(relation.last(), Kind.STATED, equation);
    }
  }

  /** The side that only names is renamed last: {@code C = 2 pi r} and {@code 2 pi r} agree. */
  private Relation renamed(Relation relation) {
    if (relation.members().size() > 1 && isName(relation.members().get(0))) {
      List<String> none = relation.signs().subList(1, relation.signs().size());
      renaming.apply(new Relation(relation.members().subList(1, relation.members().size()), none));
    }
    return renaming.apply(relation);
  }

  private void single(Expression expression, Kind kind, Equation equation) {
    claim(kind, expression, expression, "", true, slots.after(equation), Set.of());
  }

  private void chain(Relation relation, Equation equation) {
    List<Expression> members = relation.members();
    if (members.size() == 1) {
      single(members.get(0), Kind.COMPUTED, equation);
      return;
    }
    if (relation.signs().stream().anyMatch(sign -> !sign.equals("=") && !sign.equals("~"))) {
      relation(relation, equation);
      return;
    }
    boolean named =
        !sameValue(members.get(0), members.get(1))
            && (isName(members.get(0)) || (members.size() > 2 && endsInNumber(members)));
    List<Expression> rest = named ? members.subList(1, members.size()) : members;
    if (!named && members.size() == 2 && isName(members.get(1))) {
      named = true;
      rest = members.subList(0, 1);
    }
    Verification verification = Verification.of(rest, algebra);
    if (verification == Verification.CONDITIONAL) {
      relation(relation, equation);
      return;
    }
    Slots found = slots.after(equation);
    if (named) {
      Expression name = rest.get(0) == members.get(0) ? members.get(1) : members.get(0);
      found = isName(name) ? found.named(algebra.form(name).orElse("")) : found;
    }
    Set<String> used = rest.size() > 1 ? literals(rest.subList(0, rest.size() - 1)) : Set.of();
    Expression worth = verification == Verification.ROUNDED ? rest.get(0) : last(rest);
    String computation = rest.size() > 1 ? algebra.form(rest.get(0)).orElse("") : "";
    boolean isTrue = verification != Verification.FALSE;
    claim(Kind.COMPUTED, worth, last(rest), computation, isTrue, found, used);
  }

  private void relation(Relation relation, Equation equation) {
    Expression left = relation.members().get(0);
    Expression right = relation.last();
    String sign = relation.signs().get(relation.signs().size() - 1);
    String a = algebra.form(left).orElse("?");
    String b = algebra.form(right).orElse("?");
    boolean turned = !sign.startsWith("<") && a.compareTo(b) > 0 || sign.startsWith(">");
    String form = turned ? b + turned(sign) + a : a + sign + b;
    String value = sign.equals("=") ? algebra.equationKey(left, right).orElse(form) : form;
    Optional<Rational> constant =
        algebra.value(right).or(() -> algebra.value(left)).flatMap(Value::exact);
    add(
        new Claim(Kind.RELATION, form, value, constant, "", true, slots.after(equation)),
        literals(relation.members()));
  }

  private static String turned(String sign) {
    return switch (sign) {
      case "<" -> ">";
      case ">" -> "<";
      case "<=" -> ">=";
      case ">=" -> "<=";
      default -> sign;
    };
  }

  private void claim(
      Kind kind,
      Expression worth,
      Expression written,
      String computation,
      boolean isTrue,
      Slots found,
      Set<String> used) {
    Optional<Value> value = algebra.value(worth);
    Optional<String> form = algebra.form(written);
    if (value.isEmpty() || form.isEmpty()) {
      return;
    }
    boolean plain = value.get().exact().isPresent() && Operands.isPlain(written);
    String shown = plain ? value.get().key() : form.get();
    Value worthOf = value.get();
    add(new Claim(kind, shown, worthOf.key(), worthOf.exact(), computation, isTrue, found), used);
  }

  private void add(Claim claim, Set<String> used) {
    claims.add(claim);
    inputs.add(used);
    operands.addAll(used);
  }

  private void statedNumbers() {
    for (int i = 0; i < tokens.size(); i++) {
      if (!covered[i] && assertions.isQuantity(i) && assertions.isAsserted(i)) {
        int end = slots.endOfNumber(i);
        Optional<Relation> number = MathsReader.read(slots.numberText(i, end));
        if (number.isPresent()) {
          claim(
              Kind.STATED,
              number.get().last(),
              number.get().last(),
              "",
              true,
              slots.after(i, end),
              Set.of());
        }
        i = end - 1;
      }
    }
  }

  private static boolean isName(Expression e) {
    return e instanceof Name || e instanceof Application;
  }

  /** {@code b^2 - 4ac = 49 - 40 = 9}: the first member says what the rest computes. */
  private boolean endsInNumber(List<Expression> members) {
    return members.stream()
            .skip(1)
            .allMatch(m -> algebra.value(m).flatMap(Value::exact).isPresent())
        && algebra.value(members.get(0)).flatMap(Value::exact).isEmpty();
  }

  private boolean sameValue(Expression a, Expression b) {
    return algebra.value(a).map(Value::key).equals(algebra.value(b).map(Value::key));
  }

  private static Expression last(List<Expression> members) {
    return members.get(members.size() - 1);
  }

  private Set<String> literals(List<Expression> members) {
    Set<String> values = new HashSet<>();
    members.forEach(member -> Operands.collect(member, values));
    members.stream()
        .filter(member -> !(member instanceof Literal))
        .forEach(
            member ->
                algebra
                    .value(member)
                    .ifPresent(
                        v -> {
                          if (v.exact().isEmpty()) {
                            values.add(v.key());
                          }
                        }));
    return values;
  }
}
