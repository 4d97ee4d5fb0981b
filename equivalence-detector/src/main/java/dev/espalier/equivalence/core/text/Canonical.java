package dev.espalier.equivalence.core.text;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step without what carries no meaning: control and invisible characters, typographic variants,
 * Markdown, list markers, thousands separators, LaTeX delimiters and layout.
 *
 * @param text the step to read; canonicalising it again changes nothing
 * @param key a coarser form without openers, case and punctuation: steps with equal keys say the
 *     same
 */
public record Canonical(String text, String key) {

  /** Longer texts are cut here; the service refuses them before. */
  public static final int MAX_CHARACTERS = 8_000;

  private static final String VULGAR_FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞";
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** A pattern and what takes its place. */
  private record Rewriting(Pattern pattern, String replacement) {

    static Rewriting of(String regex, String replacement) {
      return new Rewriting(Pattern.compile(regex), replacement);
    }

    String apply(String text) {
      return pattern.matcher(text).replaceAll(replacement);
    }
  }

  private static final List<Rewriting> REWRITINGS =
      List.of(
          Rewriting.of("<<[^<>]{0,200}>>", ""),
          Rewriting.of("[‘’‛′`]", "'"),
          Rewriting.of("[“”„]", "\""),
          Rewriting.of("[‐‑‒–—−]", "-"),
          Rewriting.of("⁄", "/"),
          Rewriting.of("\\\\\\(|\\\\\\)|\\\\\\[|\\\\\\]|\\$\\$", "\\$"),
          Rewriting.of("\\\\begin\\{(?:align|equation|gather|split|aligned)\\*?\\}", "\\$"),
          Rewriting.of("\\\\end\\{(?:align|equation|gather|split|aligned)\\*?\\}", "\\$"),
          Rewriting.of("\\\\\\\\\\s*(?:\\[\\w{1,5}\\])?\\s*&?\\s*=", " ="),
          // Not in "(3,200)" or "\\gcd(12,180)", which may be two numbers.
          Rewriting.of("(?<=\\d)(?<![(\\[{]-?\\d{1,3}),(?=\\d{3}(?!\\d))", ""),
          // Markdown's bold, and not the power in "2**3".
          Rewriting.of("(?<![\\d)])\\*\\*|\\*\\*(?![\\d(])|__|(?m)^\\s*#{1,6}\\s", ""),
          Rewriting.of("\\s+", " "),
          // List markers, and not the sign of "- 5 + x".
          Rewriting.of(
              "^ ?(?:\\(?\\d{1,2}[.)] |[-*•] (?!(?:\\d+(?:\\.\\d+)?|\\p{L}) ?[-+*/^=])"
                  + "|(?i:step) \\d{1,2}[:.)] ?){1,200}",
              ""),
          Rewriting.of("^ | $", ""));

  private static final Pattern OPENER =
      Pattern.compile(
          "^(?:(?:(?:so|thus|hence|therefore|then|now|next|finally|also|and|consequently|well|okay"
              + "|ok|note that|we know that|we have that|this means that|in conclusion|again"
              + "|similarly)\\b[,:]?|(?:first|firstly|second|secondly|third|thirdly|lastly)[,:])"
              + " ?)");

  private static final Pattern TRAILING_ZEROS = Pattern.compile("(\\d)\\.0+(?!\\d)");
  private static final Pattern TRAILING_ZERO = Pattern.compile("(\\.\\d*?[1-9])0+(?!\\d)");
  private static final Pattern TIMES = Pattern.compile("(?<=[\\d)]) ?[x×] ?(?=[$(]?\\d)");
  private static final Pattern AROUND_SIGNS = Pattern.compile(" ?([-+*/^=<>()|]) ?");
  private static final Pattern PUNCTUATION =
      Pattern.compile("(?:[.,;:?\"]|(?<=\\p{L}{2})!)+(?= |$)");

  /** Not the name of a TeX command, where case counts. */
  private static final Pattern WORD = Pattern.compile("(?<![\\\\\\p{L}])\\p{L}{2,}");

  private static final Pattern CAPITALS = Pattern.compile("\\p{Lu}{2,3}");
  private static final Pattern TEX_SYNONYMS =
      Pattern.compile("\\\\(?:left|right|displaystyle)\\b ?");
  private static final Pattern TEX_FRACTION = Pattern.compile("\\\\[dt]frac");
  private static final Pattern TEX_TIMES = Pattern.compile("\\\\(?:cdot|times)\\b");

  public static Canonical of(String step) {
    String text = step.length() > MAX_CHARACTERS ? step.substring(0, MAX_CHARACTERS) : step;
    text = plain(text);
    String before;
    int rounds = 0;
    do {
      before = text;
      for (Rewriting rewriting : REWRITINGS) {
        text = rewriting.apply(text);
      }
    } while (!text.equals(before) && ++rounds < 40);
    return new Canonical(text, keyOf(text));
  }

  /** Unicode compatibility form without control, format and lone surrogate characters. */
  private static String plain(String step) {
    StringBuilder raised = new StringBuilder(step.length());
    step.codePoints()
        .forEach(
            c -> {
              int digit = SUPERSCRIPTS.indexOf(c);
              if (digit >= 0) {
                raised.append('^').append(digit);
              } else if (VULGAR_FRACTIONS.indexOf(c) >= 0) {
                raised.append(' ').appendCodePoint(c);
              } else if (c == '\n' || c == '\t' || c == '\r') {
                raised.append(c == '\n' ? '\n' : ' ');
              } else {
                int type = Character.getType(c);
                if (type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.SURROGATE
                    && type != Character.UNASSIGNED
                    && type != Character.PRIVATE_USE) {
                  raised.appendCodePoint(c);
                }
              }
            });
    return Normalizer.normalize(raised, Normalizer.Form.NFKC);
  }

  private static String keyOf(String text) {
    String key = TIMES.matcher(text).replaceAll("*");
    key = TEX_SYNONYMS.matcher(key).replaceAll("");
    key = TEX_FRACTION.matcher(key).replaceAll("\\\\frac");
    key = TEX_TIMES.matcher(key).replaceAll("*");
    key = TRAILING_ZEROS.matcher(key).replaceAll("$1");
    key = TRAILING_ZERO.matcher(key).replaceAll("$1");
    key = WORD.matcher(key).replaceAll(word -> lower(word.group()));
    key = key.substring(endOfOpeners(key));
    key = PUNCTUATION.matcher(key).replaceAll("");
    key = AROUND_SIGNS.matcher(key).replaceAll("$1");
    return key.strip();
  }

  private static int endOfOpeners(String key) {
    Matcher opener = OPENER.matcher(key);
    int end = 0;
    while (opener.region(end, key.length()).lookingAt()) {
      end = opener.end();
    }
    return end;
  }

  /** In small letters, but for what may be the name of a segment or an angle. */
  private static String lower(String word) {
    return CAPITALS.matcher(word).matches()
        ? word
        : Matcher.quoteReplacement(word.toLowerCase(Locale.ROOT));
  }
}
