package dev.espalier.equivalence.core.text;

import dev.espalier.equivalence.core.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits canonical text into tokens. Number words become numbers, a times sign becomes {@code *}.
 */
public final class Tokens {

  /** More tokens than a person writes in a step; the rest of a hostile text is not read. */
  private static final int MAX_TOKENS = 3_000;

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<number>\\d++(?:\\.\\d++)?|\\.\\d++)"
              + "|(?<word>\\p{L}[\\p{L}\\p{M}]*+(?:['-](?=\\p{L})[\\p{L}\\p{M}]++)*+)"
              + "|(?<sign><=|>=|!=|[-+*/^=<>%()×÷·≤≥≠≈])"
              + "|(?<currency>[$£€¥])"
              + "|(?<other>[^\\s])");

  private static final Map<String, String> NUMBER_WORDS =
      Map.ofEntries(
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("eleven", "11"),
          Map.entry("twelve", "12"),
          Map.entry("thirteen", "13"),
          Map.entry("fifteen", "15"),
          Map.entry("twenty", "20"),
          Map.entry("thirty", "30"),
          Map.entry("forty", "40"),
          Map.entry("fifty", "50"),
          Map.entry("sixty", "60"),
          Map.entry("hundred", "100"),
          Map.entry("thousand", "1000"));

  private Tokens() {}

  public static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length() && tokens.size() < MAX_TOKENS) {
      int open = text.indexOf('$', at);
      int close = open < 0 ? -1 : closing(text, open);
      if (open < 0 || close < 0) {
        prose(text.substring(at, open < 0 ? text.length() : open + 1), at, tokens);
        at = open < 0 ? text.length() : open + 1;
      } else {
        prose(text.substring(at, open), at, tokens);
        boolean spaced = open > 0 && text.charAt(open - 1) == ' ';
        tokens.add(new Token(Kind.MATHS, text.substring(open + 1, close).strip(), spaced));
        at = close + 1;
      }
    }
    return tokens;
  }

  /**
   * Where the mathematics ends that this dollar sign opens, or -1 where it is a currency sign. The
   * second dollar sign of {@code $5 and $7} follows a space; that of {@code $2*3=$6} follows a sign
   * and is followed by a digit.
   */
  private static int closing(String text, int open) {
    int close = text.indexOf('$', open + 1);
    while (close > 0 && text.charAt(close - 1) == '\\') {
      close = text.indexOf('$', close + 1);
    }
    if (close < open + 2 || (open > 0 && text.charAt(open - 1) == '\\')) {
      return -1;
    }
    String inside = text.substring(open + 1, close);
    boolean padded = inside.startsWith(" ") && inside.endsWith(" ");
    char last = inside.charAt(inside.length() - 1);
    boolean digitFollows = close + 1 < text.length() && Character.isDigit(text.charAt(close + 1));
    boolean tex = inside.indexOf('\\') >= 0;
    if (tex || padded) {
      return inside.isBlank() ? -1 : close;
    }
    return last == ' ' || "+-*/=,(<".indexOf(last) >= 0 || digitFollows ? -1 : close;
  }

  private static void prose(String text, int offset, List<Token> tokens) {
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find() && tokens.size() < MAX_TOKENS) {
      int start = matcher.start();
      boolean spaced = start == 0 ? offset > 0 : text.charAt(start - 1) == ' ';
      String found = matcher.group();
      if (matcher.group("number") != null) {
        tokens.add(new Token(Kind.NUMBER, found, spaced));
      } else if (matcher.group("word") != null) {
        tokens.add(word(found, spaced, text, matcher.end(), tokens));
      } else if (matcher.group("sign") != null) {
        tokens.add(new Token(Kind.SIGN, sign(found), spaced));
      } else if (matcher.group("currency") != null) {
        tokens.add(new Token(Kind.CURRENCY, found, spaced));
      } else {
        tokens.add(new Token(Kind.PUNCTUATION, found, spaced));
      }
    }
  }

  private static Token word(String word, boolean spaced, String text, int end, List<Token> tokens) {
    String digits = NUMBER_WORDS.get(Stems.lower(word));
    if (digits != null) {
      return new Token(Kind.COUNT, digits, spaced);
    }
    if (word.equalsIgnoreCase("x") && isTimes(text, end, tokens)) {
      return new Token(Kind.SIGN, "*", spaced);
    }
    return new Token(Kind.WORD, word, spaced);
  }

  /** An x after a number or a unit and before a number multiplies: {@code 2 cups x 3}. */
  private static boolean isTimes(String text, int end, List<Token> tokens) {
    if (tokens.isEmpty()) {
      return false;
    }
    Token before = tokens.get(tokens.size() - 1);
    boolean afterOperand = before.is(Kind.NUMBER) || before.isSign(")%") || before.is(Kind.WORD);
    int next = end;
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
    boolean beforeOperand =
        next >= text.length()
            ? end < text.length()
            : Character.isDigit(text.charAt(next)) || "$(.".indexOf(text.charAt(next)) >= 0;
    return afterOperand && beforeOperand;
  }

  private static String sign(String found) {
    return switch (found) {
      case "×", "·" -> "*";
      case "÷" -> "/";
      case "≤" -> "<=";
      case "≥" -> ">=";
      case "≠" -> "!=";
      default -> found;
    };
  }
}
