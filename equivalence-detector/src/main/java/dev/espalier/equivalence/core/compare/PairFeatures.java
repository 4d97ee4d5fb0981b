package dev.espalier.equivalence.core.compare;

import dev.espalier.equivalence.core.claims.Progress;
import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.text.Similarity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What the combiner sees of a pair. Every feature is symmetric in the two steps. */
public final class PairFeatures {

  /**
   * A feature.
   *
   * @param name as it stands in the artefact
   * @param sign 1 where more of it can only speak for equivalence, -1 against, 0 where unknown
   */
  public record Feature(String name, int sign) {}

  /** The features in the order of {@link #of}; the last two need the encoder. */
  public static final List<Feature> ALL =
      List.of(
          new Feature("claims_share", 1),
          new Feature("claims_same_form", 1),
          new Feature("claims_all_match", 1),
          new Feature("claims_only_one_side", -1),
          new Feature("claims_other_form", -1),
          new Feature("claim_name_conflict", -1),
          new Feature("unit_agrees", 1),
          new Feature("unit_differs", -1),
          new Feature("clause_similarity", 1),
          new Feature("clause_disjoint", -1),
          new Feature("same_computation", 1),
          new Feature("other_computation", -1),
          new Feature("each_on_one_side", -1),
          new Feature("left_on_one_side", -1),
          new Feature("goal_similarity", 1),
          new Feature("numbers_jaccard", 1),
          new Feature("numbers_equal", 1),
          new Feature("operands_jaccard", 1),
          new Feature("new_words_jaccard", 1),
          new Feature("words_jaccard", 1),
          new Feature("words_containment", 1),
          new Feature("trigrams", 1),
          new Feature("exclusions", -1),
          new Feature("name_conflict", -1),
          new Feature("negation_conflict", -1),
          new Feature("both_compute", 0),
          new Feature("both_announce", 0),
          new Feature("both_state", 0),
          new Feature("both_nothing_new", 1),
          new Feature("progress_differs", -1),
          new Feature("length_ratio", 1),
          new Feature("number_free_words", 1),
          new Feature("number_free_trigrams", 1),
          new Feature("cosine", 1),
          new Feature("number_free_cosine", 1));

  /** How many features need no encoder. */
  public static final int WITHOUT_ENCODER = ALL.size() - 2;

  private PairFeatures() {}

  /** The signs of the first so many features. */
  public static int[] signs(int features) {
    return IntStream.range(0, features).map(i -> ALL.get(i).sign()).toArray();
  }

  /**
   * The features of a pair.
   *
   * @param cosine cosine similarity of the encoder's vectors, or 0 where it was not asked
   */
  static double[] of(
      StepReading a, StepReading b, ClaimMatch match, Set<String> givenWords, double cosine) {
    boolean valued = a.progress() == Progress.COMPUTES && b.progress() == Progress.COMPUTES;
    double words = Similarity.jaccard(a.words(), b.words());
    double trigrams = a.trigrams().similarity(b.trigrams());
    double numbers = Similarity.jaccard(a.numbers(), b.numbers());
    return new double[] {
      valued ? (double) match.matched().size() / match.size() : 0,
      mean(match, m -> truth(m.hasSameForm())),
      truth(valued && match.onlyA().isEmpty() && match.onlyB().isEmpty()),
      truth(valued && (match.onlyA().isEmpty() != match.onlyB().isEmpty())),
      mean(match, m -> truth(m.hasOtherForm())),
      truth(match.matched().stream().anyMatch(ClaimMatch.Matched::hasOtherName)),
      mean(match, m -> Math.max(0, m.unitAgreement())),
      mean(match, m -> Math.max(0, -m.unitAgreement())),
      mean(match, ClaimMatch.Matched::clauseSimilarity),
      mean(match, m -> truth(m.hasOtherClause())),
      mean(match, m -> truth(m.hasSameComputation())),
      mean(match, m -> truth(m.hasOtherComputation())),
      truth(match.matched().stream().anyMatch(m -> m.onOneSide("each"))),
      truth(match.matched().stream().anyMatch(m -> m.onOneSide("left"))),
      valued ? 0 : Similarity.jaccard(a.goal(), b.goal()),
      numbers,
      truth(numbers == 1),
      valued ? Similarity.jaccard(a.operands(), b.operands()) : 0,
      Similarity.jaccard(without(a.words(), givenWords), without(b.words(), givenWords)),
      words,
      Similarity.containment(a.words(), b.words()),
      trigrams,
      Math.min(2, Exclusions.conflicts(a.words(), b.words())),
      truth(nameConflict(a, b)),
      truth(a.isNegative() != b.isNegative()),
      truth(valued),
      truth(both(a, b, Progress.ANNOUNCES)),
      truth(both(a, b, Progress.STATES) || both(a, b, Progress.DEFINES)),
      truth(both(a, b, Progress.NOTHING_NEW)),
      truth(a.progress() != b.progress()),
      lengthRatio(a, b),
      valued ? 0 : words,
      valued ? 0 : trigrams,
      cosine,
      valued ? 0 : cosine
    };
  }

  /** Each side has a proper name that the other does not have. */
  private static boolean nameConflict(StepReading a, StepReading b) {
    return !without(a.names(), b.names()).isEmpty() && !without(b.names(), a.names()).isEmpty();
  }

  private static boolean both(StepReading a, StepReading b, Progress progress) {
    return a.progress() == progress && b.progress() == progress;
  }

  private static double lengthRatio(StepReading a, StepReading b) {
    double x = a.canonical().key().length() + 1;
    double y = b.canonical().key().length() + 1;
    return Math.min(x, y) / Math.max(x, y);
  }

  private static double mean(ClaimMatch match, ToDoubleFunction<ClaimMatch.Matched> of) {
    return match.matched().stream().mapToDouble(of).average().orElse(0);
  }

  private static double truth(boolean fact) {
    return fact ? 1 : 0;
  }

  private static Set<String> without(Set<String> words, Set<String> removed) {
    Set<String> rest = new HashSet<>(words);
    rest.removeAll(removed);
    return rest;
  }
}
