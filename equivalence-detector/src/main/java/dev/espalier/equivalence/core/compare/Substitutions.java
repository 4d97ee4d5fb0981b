package dev.espalier.equivalence.core.compare;

import dev.espalier.equivalence.core.claims.Progress;
import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.text.Stems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nearly the same sentence with one expression in the place of another: modulo 7 and modulo 5, at
 * least and at most, sum and product. Similarity speaks for such a pair, and the one place where it
 * differs is what matters; without a list of all such words nobody can tell them from synonyms.
 */
final class Substitutions {

  /** Longer steps are not sentences of which one word was changed. */
  private static final int MAX_TOKENS = 120;

  /** Share of common tokens from which two steps count as nearly the same sentence. */
  private static final double SIMILAR = 0.6;

  /** The same where a sentence has four tokens or fewer, of which one is a quarter. */
  private static final double SIMILAR_SHORT = 0.5;

  private static final int SHORT = 8;

  private static final int MAX_REPLACED = 2;

  private static final Pattern TOKEN =
      Pattern.compile("\\\\[a-zA-Z]+|\\p{L}[\\p{L}']*|\\d+(?:\\.\\d+)?|[^\\s\\p{L}\\d$,.;:?\"'{}]");

  private static final Set<String> ARTICLES =
      Set.of("a", "an", "the", "is", "are", "be", "we", "that", "of", "it", "its", "there");

  /** What stands between two expressions that may change places. */
  private static final Set<String> JOINTS =
      Set.of("and", "or", "+", "*", "=", "both", "\\cdot", "\\times", "\\parallel", "\\perp");

  private Substitutions() {}

  /** Whether an expression of one step stands where another one stands in the other step. */
  static boolean between(StepReading a, StepReading b) {
    boolean defines = a.progress() == Progress.DEFINES && b.progress() == Progress.DEFINES;
    List<String> x = tokens(a.canonical().key(), defines);
    List<String> y = tokens(b.canonical().key(), defines);
    if (x.size() > MAX_TOKENS || y.size() > MAX_TOKENS) {
      return false;
    }
    int[][] common = commonSuffixes(x, y);
    int both = x.size() + y.size();
    double similar = both <= SHORT ? SIMILAR_SHORT : SIMILAR;
    return 2.0 * common[0][0] >= similar * both && replaces(x, y, common);
  }

  /**
   * Whether the steps hold the same expressions in another order, as a statement and its converse
   * do, and nothing that joins them either way round.
   */
  static boolean reordered(StepReading a, StepReading b) {
    List<String> x = tokens(a.canonical().key(), false);
    List<String> y = tokens(b.canonical().key(), false);
    return x.size() <= MAX_TOKENS
        && !x.equals(y)
        && x.stream().noneMatch(JOINTS::contains)
        && x.stream().sorted().toList().equals(y.stream().sorted().toList());
  }

  private static List<String> tokens(String key, boolean withoutLetters) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(key);
    while (token.find() && tokens.size() <= MAX_TOKENS) {
      String text = token.group();
      boolean isWord = Character.isLetter(text.charAt(0)) && text.length() > 1;
      String read = isWord ? Stems.of(text) : text;
      boolean isLetter = Character.isLetter(text.charAt(0)) && text.length() == 1;
      if (!ARTICLES.contains(text) && !(withoutLetters && isLetter)) {
        tokens.add(read);
      }
    }
    return tokens;
  }

  /** The longest common subsequence of every two suffixes; cost: the product of the lengths. */
  private static int[][] commonSuffixes(List<String> x, List<String> y) {
    int[][] common = new int[x.size() + 1][y.size() + 1];
    for (int i = x.size() - 1; i >= 0; i--) {
      for (int j = y.size() - 1; j >= 0; j--) {
        common[i][j] =
            x.get(i).equals(y.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static boolean replaces(List<String> x, List<String> y, int[][] common) {
    Set<String> inX = new HashSet<>(x);
    Set<String> inY = new HashSet<>(y);
    int i = 0;
    int j = 0;
    while (i < x.size() || j < y.size()) {
      int fromX = i;
      int fromY = j;
      while (i < x.size() || j < y.size()) {
        boolean isShared = i < x.size() && j < y.size() && x.get(i).equals(y.get(j));
        if (isShared) {
          break;
        }
        if (j == y.size() || (i < x.size() && common[i + 1][j] >= common[i][j + 1])) {
          i++;
        } else {
          j++;
        }
      }
      if (isReplacement(x.subList(fromX, i), inY) && isReplacement(y.subList(fromY, j), inX)) {
        return true;
      }
      i++;
      j++;
    }
    return false;
  }

  private static boolean isReplacement(List<String> gap, Set<String> inOther) {
    return !gap.isEmpty()
        && gap.size() <= MAX_REPLACED
        && gap.stream().noneMatch(inOther::contains);
  }
}
