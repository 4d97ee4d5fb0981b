package dev.espalier.equivalence.core.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Brings words to a common stem, with the few synonyms that steps use for the same operation. */
public final class Stems {

  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("altogether", "total"),
          Map.entry("sum", "total"),
          Map.entry("combined", "total"),
          Map.entry("overall", "total"),
          Map.entry("remaining", "left"),
          Map.entry("remain", "left"),
          Map.entry("remains", "left"),
          Map.entry("remainder", "left"),
          Map.entry("calculate", "find"),
          Map.entry("calculating", "find"),
          Map.entry("determine", "find"),
          Map.entry("determining", "find"),
          Map.entry("compute", "find"),
          Map.entry("computing", "find"),
          Map.entry("figure", "find"),
          Map.entry("identify", "find"),
          Map.entry("identifying", "find"),
          Map.entry("finding", "find"),
          Map.entry("consumed", "eat"),
          Map.entry("eaten", "eat"),
          Map.entry("ate", "eat"),
          Map.entry("sold", "sell"),
          Map.entry("bought", "buy"),
          Map.entry("purchase", "buy"),
          Map.entry("purchased", "buy"),
          Map.entry("spent", "spend"),
          Map.entry("paid", "pay"),
          Map.entry("made", "make"),
          Map.entry("gave", "give"),
          Map.entry("given", "give"),
          Map.entry("has", "have"),
          Map.entry("had", "have"),
          Map.entry("largest", "maximum"),
          Map.entry("greatest", "maximum"),
          Map.entry("maximal", "maximum"),
          Map.entry("maximize", "maximum"),
          Map.entry("smallest", "minimum"),
          Map.entry("minimal", "minimum"),
          Map.entry("minimize", "minimum"),
          Map.entry("children", "child"),
          Map.entry("people", "person"),
          Map.entry("men", "man"),
          Map.entry("women", "woman"),
          Map.entry("feet", "foot"),
          Map.entry("inches", "inch"),
          Map.entry("halves", "half"),
          Map.entry("roots", "root"),
          Map.entry("zeros", "root"),
          Map.entry("zeroes", "root"),
          Map.entry("vertices", "vertex"),
          Map.entry("indices", "index"),
          Map.entry("denote", "let"),
          Map.entry("simplifying", "simplify"),
          Map.entry("simplified", "simplify"),
          Map.entry("simplifies", "simplify"));

  private static final Set<String> EMPTY =
      Set.of(
          "a",
          "an",
          "the",
          "of",
          "to",
          "in",
          "on",
          "at",
          "for",
          "by",
          "with",
          "from",
          "and",
          "or",
          "so",
          "thus",
          "hence",
          "therefore",
          "then",
          "that",
          "which",
          "who",
          "this",
          "these",
          "those",
          "there",
          "it",
          "its",
          "is",
          "are",
          "was",
          "were",
          "be",
          "been",
          "being",
          "as",
          "he",
          "she",
          "they",
          "his",
          "her",
          "hers",
          "their",
          "them",
          "him",
          "we",
          "us",
          "our",
          "i",
          "you",
          "your",
          "if",
          "since",
          "because",
          "now",
          "next",
          "also",
          "will",
          "would",
          "can",
          "could",
          "do",
          "does",
          "did",
          "have",
          "get",
          "know",
          "need",
          "first",
          "let",
          "let's",
          "must",
          "should",
          "into",
          "out",
          "up",
          "when",
          "where",
          "while",
          "just",
          "only",
          "here",
          "here's",
          "how",
          "what",
          "s",
          "t",
          "using",
          "use",
          "start",
          "begin",
          "want",
          "that's",
          "such",
          "any",
          "some",
          "one",
          "going",
          "mean",
          "note");

  private Stems() {}

  /** Whether the word says nothing about the subject of a step. */
  public static boolean isEmpty(String word) {
    return EMPTY.contains(lower(word)) || EMPTY.contains(of(word));
  }

  public static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  public static String of(String word) {
    String stem = lower(word);
    if (stem.endsWith("'s")) {
      stem = stem.substring(0, stem.length() - 2);
    }
    String synonym = SYNONYMS.get(stem);
    return synonym != null ? synonym : cut(stem);
  }

  private static String cut(String word) {
    int n = word.length();
    if (n > 4 && word.endsWith("ies")) {
      return word.substring(0, n - 3) + "y";
    }
    if (n > 4
        && (word.endsWith("sses")
            || word.endsWith("shes")
            || word.endsWith("ches")
            || word.endsWith("xes"))) {
      return word.substring(0, n - 2);
    }
    if (n > 4 && word.endsWith("ied")) {
      return word.substring(0, n - 3) + "y";
    }
    if (n > 5 && word.endsWith("ing")) {
      return undoubled(word.substring(0, n - 3));
    }
    if (n > 4 && word.endsWith("ed")) {
      return undoubled(word.substring(0, n - 2));
    }
    if (n > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us")) {
      return withoutE(word.substring(0, n - 1));
    }
    return withoutE(word);
  }

  private static String undoubled(String stem) {
    int n = stem.length();
    boolean doubled = n > 3 && stem.charAt(n - 1) == stem.charAt(n - 2);
    return doubled && "lsz".indexOf(stem.charAt(n - 1)) < 0 ? stem.substring(0, n - 1) : stem;
  }

  /** Without a final e, so that {@code divide} meets {@code divided} and {@code dividing}. */
  private static String withoutE(String stem) {
    return stem.length() > 4 && stem.endsWith("e") ? stem.substring(0, stem.length() - 1) : stem;
  }
}
