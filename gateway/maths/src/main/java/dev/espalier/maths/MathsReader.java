package dev.espalier.maths;

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
import dev.espalier.maths.MathsToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recursive descent over a small grammar: numbers, {@code + - * / ^}, fractions, roots, relations,
 * one-letter variables, percent, degrees, absolute values, tuples and a few named functions.
 */
public final class MathsReader {

  /** Nothing that a person writes nests deeper; a hostile text does. */
  private static final int MAX_DEPTH = 60;

  private static final int MAX_CHARACTERS = 1_200;

  /** Letters that stand for a function when a bracket follows. */
  private static final Set<String> FUNCTION_LETTERS = Set.of("f", "g", "h", "P", "Q", "T");

  private static final MathsToken END = new MathsToken(Kind.END, "");

  private final List<MathsToken> tokens;
  private int at;
  private int depth;
  private boolean insideBars;

  private MathsReader(List<MathsToken> tokens) {
    this.tokens = tokens;
  }

  /** The relation that the text is, or empty when any part of it is not known. */
  public static Optional<Relation> read(String text) {
    if (text.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    try {
      MathsReader reader = new MathsReader(MathsLexer.tokens(text));
      Relation relation = reader.relation();
      return reader.peek().kind() == Kind.END ? Optional.of(relation) : Optional.empty();
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  private Relation relation() {
    List<Expression> members = new ArrayList<>();
    List<String> signs = new ArrayList<>();
    if (peek().is(Kind.RELATION, "=")) {
      take();
    }
    members.add(list());
    while (peek().kind() == Kind.RELATION) {
      signs.add(take().text());
      members.add(list());
    }
    modulus(signs);
    return new Relation(members, signs);
  }

  /** The modulus of a congruence belongs to its sign: {@code 7 ≡ 2 (mod 5)} has the sign ≡5. */
  private void modulus(List<String> signs) {
    boolean bracketed =
        peek().is(Kind.OPEN, "(")
            && at + 1 < tokens.size()
            && tokens.get(at + 1).is(Kind.OPERATOR, "mod");
    if (signs.contains("≡") && (bracketed || isOperator("mod"))) {
      at += bracketed ? 2 : 1;
      String modulus = WrittenForm.of(argument());
      signs.replaceAll(sign -> sign.equals("≡") ? sign + modulus : sign);
      if (bracketed) {
        expect(Kind.CLOSE, ")");
      }
    }
  }

  private Expression list() {
    List<Expression> members = new ArrayList<>();
    members.add(sum());
    while (peek().kind() == Kind.COMMA) {
      take();
      members.add(sum());
    }
    return members.size() == 1 ? members.get(0) : new Tuple("", members);
  }

  private Expression sum() {
    Expression left = product();
    while (isOperator("+") || isOperator("-") || isOperator("±")) {
      String sign = take().text();
      Expression right = product();
      left = new Sum(left, signed(sign, right));
    }
    return left;
  }

  private Expression product() {
    Expression left = prefixed();
    while (true) {
      if (isOperator("*")) {
        take();
        left = new Product(left, prefixed());
      } else if (isOperator("/")) {
        take();
        left = new Quotient(left, prefixed());
      } else if (startsFactor()) {
        if (left instanceof Literal && peek().kind() == Kind.FRACTION) {
          throw new Unreadable("mixed number");
        }
        left = new Product(left, power());
      } else {
        return left;
      }
    }
  }

  private Expression prefixed() {
    if (isOperator("-") || isOperator("+") || isOperator("±")) {
      String sign = take().text();
      enter();
      Expression of = prefixed();
      depth--;
      return signed(sign, of);
    }
    return power();
  }

  private static Expression signed(String sign, Expression of) {
    return switch (sign) {
      case "-" -> new Negation(of);
      case "±" -> new Product(new Name("±"), of);
      default -> of;
    };
  }

  private Expression power() {
    Expression base = postfixed(atom());
    if (!isOperator("^")) {
      return base;
    }
    take();
    if (peek().is(Kind.NAME, "°") || isBracedDegree()) {
      return postfixed(base);
    }
    enter();
    Expression exponent = isOperator("-") ? prefixed() : power();
    depth--;
    return new Power(base, exponent);
  }

  private boolean isBracedDegree() {
    if (peek().is(Kind.OPEN, "{")
        && at + 2 < tokens.size()
        && tokens.get(at + 1).text().equals("°")) {
      at += 3;
      return true;
    }
    return false;
  }

  private Expression postfixed(Expression of) {
    Expression result = of;
    while (true) {
      if (isOperator("%")) {
        take();
        result = new Quotient(result, new Literal(Rational.of(100), 0));
      } else if (isOperator("!")) {
        take();
        result = new Application("factorial", result);
      } else if (peek().is(Kind.NAME, "°")) {
        take();
      } else if (peek().is(Kind.NAME, "'")) {
        take();
        result = new Application("prime", result);
      } else {
        return result;
      }
    }
  }

  private Expression atom() {
    MathsToken token = take();
    return switch (token.kind()) {
      case NUMBER -> {
        int point = token.text().indexOf('.');
        int places = point < 0 ? 0 : token.text().length() - point - 1;
        yield new Literal(Rational.ofDecimal(token.text()), places);
      }
      case NAME -> named(token.text());
      case FUNCTION -> application(token.text());
      case FRACTION -> fraction(token.text());
      case ROOT -> root();
      case OPEN -> bracketed(token.text());
      case OPERATOR -> {
        if (token.text().equals("|") && !insideBars) {
          insideBars = true;
          Expression of = nested();
          expect(Kind.OPERATOR, "|");
          insideBars = false;
          yield new Application("abs", of);
        }
        throw new Unreadable(token.text());
      }
      default -> throw new Unreadable(token.text());
    };
  }

  private Expression fraction(String command) {
    Expression top = argument();
    Expression bottom = argument();
    return command.equals("binom")
        ? new Application("binom", new Tuple("", List.of(top, bottom)))
        : new Quotient(top, bottom);
  }

  private Expression named(String name) {
    if (FUNCTION_LETTERS.contains(name) && peek().is(Kind.OPEN, "(")) {
      take();
      return new Application(name, bracketed("("));
    }
    return new Name(name);
  }

  private Expression application(String function) {
    String name = function;
    if (isOperator("^")) {
      take();
      name += "^" + WrittenForm.of(argument());
    }
    enter();
    Expression argument = peek().kind() == Kind.OPEN ? power() : productWithoutSigns();
    depth--;
    return new Application(name, argument);
  }

  private Expression productWithoutSigns() {
    Expression left = power();
    while (startsFactor() && peek().kind() != Kind.FUNCTION) {
      left = new Product(left, power());
    }
    return left;
  }

  private Expression root() {
    int index = 2;
    if (peek().is(Kind.OPEN, "[")) {
      take();
      MathsToken digits = take();
      if (digits.kind() != Kind.NUMBER || !digits.text().matches("[2-9]")) {
        throw new Unreadable("root index");
      }
      index = Integer.parseInt(digits.text());
      expect(Kind.CLOSE, "]");
    }
    return new Root(argument(), index);
  }

  /** What a command takes: a braced group or one token. */
  private Expression argument() {
    MathsToken token = take();
    if (token.kind() == Kind.OPEN) {
      return bracketed(token.text());
    }
    if (token.kind() == Kind.NUMBER && !token.text().contains(".")) {
      String digits = token.text();
      if (digits.length() > 1) {
        tokens.add(at, new MathsToken(Kind.NUMBER, digits.substring(1)));
      }
      return new Literal(Rational.ofDecimal(digits.substring(0, 1)), 0);
    }
    if (token.kind() == Kind.NAME) {
      return new Name(token.text());
    }
    throw new Unreadable(token.text());
  }

  private Expression bracketed(String open) {
    Expression inside = nested();
    MathsToken close = take();
    if (close.kind() != Kind.CLOSE) {
      throw new Unreadable("bracket");
    }
    String pair = open + close.text();
    return switch (pair) {
      case "()", "[]", "{}" -> inside instanceof Tuple t ? new Tuple(pair, t.members()) : inside;
      case "(]", "[)", "⦃⦄" ->
          new Tuple(pair, inside instanceof Tuple t ? t.members() : List.of(inside));
      case "⌊⌋" -> new Application("floor", inside);
      case "⌈⌉" -> new Application("ceil", inside);
      default -> throw new Unreadable(pair);
    };
  }

  private Expression nested() {
    enter();
    Expression inside = list();
    depth--;
    return inside;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw new Unreadable("too deep");
    }
  }

  private boolean startsFactor() {
    MathsToken next = peek();
    return switch (next.kind()) {
      case NAME, FUNCTION, FRACTION, ROOT -> true;
      case OPEN -> !(at + 1 < tokens.size() && tokens.get(at + 1).is(Kind.OPERATOR, "mod"));
      case NUMBER -> at > 0 && tokens.get(at - 1).kind() == Kind.CLOSE;
      case OPERATOR -> next.text().equals("|") && !insideBars;
      default -> false;
    };
  }

  private boolean isOperator(String text) {
    return peek().is(Kind.OPERATOR, text);
  }

  private void expect(Kind kind, String text) {
    if (!take().is(kind, text)) {
      throw new Unreadable("expected " + text);
    }
  }

  private MathsToken peek() {
    return at < tokens.size() ? tokens.get(at) : END;
  }

  private MathsToken take() {
    MathsToken token = peek();
    at++;
    return token;
  }
}
