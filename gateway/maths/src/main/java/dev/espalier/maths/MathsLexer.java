package dev.espalier.maths;

import dev.espalier.maths.MathsToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Splits LaTeX or plain mathematics into tokens and refuses everything that it does not know. */
final class MathsLexer {

  private static final int MAX_TOKENS = 600;

  private static final Map<String, MathsToken> COMMANDS =
      Map.ofEntries(
          Map.entry("cdot", operator("*")),
          Map.entry("times", operator("*")),
          Map.entry("ast", operator("*")),
          Map.entry("div", operator("/")),
          Map.entry("pm", operator("±")),
          Map.entry("le", relation("<=")),
          Map.entry("leq", relation("<=")),
          Map.entry("leqslant", relation("<=")),
          Map.entry("ge", relation(">=")),
          Map.entry("geq", relation(">=")),
          Map.entry("geqslant", relation(">=")),
          Map.entry("lt", relation("<")),
          Map.entry("gt", relation(">")),
          Map.entry("ne", relation("!=")),
          Map.entry("neq", relation("!=")),
          Map.entry("approx", relation("~")),
          Map.entry("frac", new MathsToken(Kind.FRACTION, "frac")),
          Map.entry("dfrac", new MathsToken(Kind.FRACTION, "frac")),
          Map.entry("tfrac", new MathsToken(Kind.FRACTION, "frac")),
          Map.entry("cfrac", new MathsToken(Kind.FRACTION, "frac")),
          Map.entry("equiv", relation("≡")),
          Map.entry("pmod", operator("mod")),
          Map.entry("bmod", operator("mod")),
          Map.entry("mod", operator("mod")),
          Map.entry("binom", new MathsToken(Kind.FRACTION, "binom")),
          Map.entry("dbinom", new MathsToken(Kind.FRACTION, "binom")),
          Map.entry("tbinom", new MathsToken(Kind.FRACTION, "binom")),
          Map.entry("sqrt", new MathsToken(Kind.ROOT, "sqrt")),
          Map.entry("lfloor", new MathsToken(Kind.OPEN, "⌊")),
          Map.entry("rfloor", new MathsToken(Kind.CLOSE, "⌋")),
          Map.entry("lceil", new MathsToken(Kind.OPEN, "⌈")),
          Map.entry("rceil", new MathsToken(Kind.CLOSE, "⌉")),
          Map.entry("ldots", name("…")),
          Map.entry("dots", name("…")),
          Map.entry("cdots", name("…")),
          Map.entry("infty", name("∞")));

  private static final Set<String> IGNORED =
      Set.of(
          "left", "right", "displaystyle", "quad", "qquad", "big", "Big", "bigl", "bigr", "limits");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp", "gcd", "lcm", "arcsin",
          "arccos", "arctan", "max", "min");

  private static final Set<String> LETTERS =
      Set.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "mu", "pi", "rho",
          "sigma", "tau", "phi", "varphi", "omega", "Delta", "Omega", "Phi", "Sigma", "ell");

  private static final Set<String> FIGURES =
      Set.of(
          "angle", "triangle", "overline", "overrightarrow", "vec", "mathbf", "mathbb", "mathcal");

  private final String text;
  private int at;
  private final List<MathsToken> tokens = new ArrayList<>();

  private MathsLexer(String text) {
    this.text = text;
  }

  static List<MathsToken> tokens(String text) {
    MathsLexer lexer = new MathsLexer(text);
    while (lexer.at < text.length()) {
      lexer.next();
      if (lexer.tokens.size() > MAX_TOKENS) {
        throw new Unreadable("too long");
      }
    }
    return lexer.tokens;
  }

  private void next() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c) || c == '&' || c == '~' || c == '$') {
      at++;
    } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (c == '\\') {
      command();
    } else if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
      letters();
    } else {
      sign(c);
    }
  }

  private void number() {
    int from = at;
    boolean point = false;
    StringBuilder digits = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isDigit(c)) {
        digits.append(c);
        at++;
      } else if (c == '.' && !point && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
        point = true;
        digits.append(c);
        at++;
      } else if (text.startsWith("{,}", at)) {
        at += 3;
      } else if (text.startsWith("\\!", at) && at > from) {
        at += 2;
      } else {
        break;
      }
    }
    add(Kind.NUMBER, digits.toString());
  }

  private void command() {
    int from = ++at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      String escaped = at < text.length() ? text.substring(at, at + 1) : "";
      at++;
      if (escaped.equals("%")) {
        add(Kind.OPERATOR, "%");
      } else if (escaped.equals("{") || escaped.equals("}")) {
        add(escaped.equals("{") ? Kind.OPEN : Kind.CLOSE, escaped.equals("{") ? "⦃" : "⦄");
      } else if (!",;:!$ ".contains(escaped) || escaped.isEmpty()) {
        throw new Unreadable("\\" + escaped);
      }
      return;
    }
    String command = text.substring(from, at);
    MathsToken token = COMMANDS.get(command);
    if (token != null) {
      tokens.add(token);
    } else if (FUNCTIONS.contains(command)) {
      add(Kind.FUNCTION, command);
    } else if (LETTERS.contains(command)) {
      add(Kind.NAME, command + subscript());
    } else if (FIGURES.contains(command)) {
      add(Kind.NAME, command + ":" + braced());
    } else if (command.equals("circ")) {
      add(Kind.NAME, "°");
    } else if (!IGNORED.contains(command)) {
      throw new Unreadable("\\" + command);
    }
  }

  private void letters() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    String run = text.substring(from, at);
    if (FUNCTIONS.contains(run)) {
      add(Kind.FUNCTION, run);
      return;
    }
    if (run.equals("sqrt")) {
      add(Kind.ROOT, run);
      return;
    }
    if (run.length() > 4) {
      throw new Unreadable(run);
    }
    for (int i = 0; i < run.length() - 1; i++) {
      add(Kind.NAME, run.substring(i, i + 1));
    }
    add(Kind.NAME, run.substring(run.length() - 1) + subscript());
  }

  private void sign(char c) {
    at++;
    switch (c) {
      case '+', '/', '*', '^', '%', '!', '±', '|' -> add(Kind.OPERATOR, String.valueOf(c));
      case '-', '−', '–' -> add(Kind.OPERATOR, "-");
      case '×', '·', '⋅', '∗' -> add(Kind.OPERATOR, "*");
      case '÷' -> add(Kind.OPERATOR, "/");
      case '=' -> add(Kind.RELATION, "=");
      case '≡' -> add(Kind.RELATION, "≡");
      case '≈' -> add(Kind.RELATION, "~");
      case '≠' -> add(Kind.RELATION, "!=");
      case '≤' -> add(Kind.RELATION, "<=");
      case '≥' -> add(Kind.RELATION, ">=");
      case '<', '>' -> {
        boolean orEqual = at < text.length() && text.charAt(at) == '=';
        at += orEqual ? 1 : 0;
        add(Kind.RELATION, orEqual ? c + "=" : String.valueOf(c));
      }
      case '(', '[', '{' -> add(Kind.OPEN, String.valueOf(c));
      case ')', ']', '}' -> add(Kind.CLOSE, String.valueOf(c));
      case ',', ';' -> add(Kind.COMMA, ",");
      case '\'' -> add(Kind.NAME, "'");
      case '°' -> add(Kind.NAME, "°");
      case 'π' -> add(Kind.NAME, "pi");
      case '√' -> add(Kind.ROOT, "sqrt");
      case '…' -> add(Kind.NAME, "…");
      default -> throw new Unreadable(String.valueOf(c));
    }
  }

  private String subscript() {
    if (at >= text.length() || text.charAt(at) != '_') {
      return "";
    }
    at++;
    return "_" + braced();
  }

  /** The text of a braced group or the next letters, with spaces removed. */
  private String braced() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    int from = at;
    if (at < text.length() && text.charAt(at) == '{') {
      int close = text.indexOf('}', at);
      if (close < 0 || close - at > 40) {
        throw new Unreadable("group");
      }
      at = close + 1;
      return text.substring(from + 1, close).replace(" ", "");
    }
    boolean letters = at < text.length() && Character.isUpperCase(text.charAt(at));
    do {
      at++;
    } while (letters && at < text.length() && Character.isUpperCase(text.charAt(at)));
    if (at > text.length()) {
      throw new Unreadable("group");
    }
    return text.substring(from, at);
  }

  private void add(Kind kind, String value) {
    tokens.add(new MathsToken(kind, value));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static MathsToken operator(String text) {
    return new MathsToken(Kind.OPERATOR, text);
  }

  private static MathsToken relation(String text) {
    return new MathsToken(Kind.RELATION, text);
  }

  private static MathsToken name(String text) {
    return new MathsToken(Kind.NAME, text);
  }
}
