package dev.espalier.search.core.score;

import dev.espalier.maths.Algebra;
import dev.espalier.maths.MathsReader;
import dev.espalier.maths.Relation;
import dev.espalier.maths.Verification;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the equations between plain numbers in a text and works them out. Only what stands as a
 * whole is read: a chain of equal signs whose first member holds an operator, without units in
 * between. What cannot be read is not judged.
 */
final class StatedEquations {

  private static final int MAX_CHARACTERS = 20_000;

  private static final Pattern CHAIN =
      Pattern.compile(
          "(?<![\\p{L}\\d.])[(\\d.][-+*/^().\\d ]{0,200}(?:[=≈][-+*/^().\\d ]{1,200}){1,8}");
  private static final Pattern BEFORE = Pattern.compile("(\\p{L}+|[-+*/^=%])\\s*$");
  private static final Pattern OPERATOR = Pattern.compile("[\\d)] ?[-+*/^] ?[-\\d(.]");
  private static final Pattern LOOSE_END = Pattern.compile("[-+*/^(.\\s=≈]+$");
  private static final Pattern MIXED_NUMBER = Pattern.compile("\\d +\\d");

  /** After such a word or sign a chain lacks its beginning. */
  private static final Set<String> CONTINUED =
      Set.of(
          "of", "times", "per", "by", "plus", "minus", "over", "x", "-", "+", "*", "/", "^", "=",
          "%", "half", "twice");

  private StatedEquations() {}

  /** Whether the text states an equation that is wrong; rounded results are right. */
  static boolean hasWrong(String text) {
    if (text.length() > MAX_CHARACTERS) {
      return false;
    }
    String plain =
        text.replaceAll("<<[^<>]*>>|\\\\?\\$|(?<=\\d),(?=\\d{3}(?!\\d))", "")
            .replaceAll("×|\\\\times|\\\\cdot|(?<=\\d) x (?=\\d)", "*")
            .replaceAll("÷|\\\\div", "/")
            .replace('−', '-');
    Matcher chain = CHAIN.matcher(plain);
    while (chain.find()) {
      String stated = LOOSE_END.matcher(balanced(chain.group())).replaceAll("");
      if (isWhole(plain, chain, stated) && isWrong(stated)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWhole(String text, Matcher chain, String stated) {
    Matcher before = BEFORE.matcher(text.substring(Math.max(0, chain.start() - 30), chain.start()));
    char after = chain.end() < text.length() ? text.charAt(chain.end()) : ' ';
    int sign = stated.replace('≈', '=').indexOf('=');
    return sign > 0
        && !(before.find() && CONTINUED.contains(before.group(1)))
        && after != '%'
        && after != '√'
        && !(Character.isLetter(after) && Character.isDigit(text.charAt(chain.end() - 1)))
        && OPERATOR.matcher(stated.substring(0, sign)).find()
        && !MIXED_NUMBER.matcher(stated).find();
  }

  private static boolean isWrong(String stated) {
    return MathsReader.read(stated.replace('≈', '='))
        .filter(relation -> relation.members().size() > 1)
        .map(StatedEquations::verify)
        .orElse(Verification.IDENTITY)
        .equals(Verification.FALSE);
  }

  private static Verification verify(Relation relation) {
    return Verification.of(relation.members(), new Algebra());
  }

  /**
   * The text up to a closing bracket that nothing opened, or an opening one that nothing closes.
   */
  private static String balanced(String text) {
    int depth = 0;
    int lastOpen = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        lastOpen = depth == 0 ? i : lastOpen;
        depth++;
      } else if (c == ')' && --depth < 0) {
        return text.substring(0, i);
      }
    }
    return depth > 0 ? text.substring(0, lastOpen) : text;
  }
}
