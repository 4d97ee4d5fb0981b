package dev.espalier.equivalence.core.compare;

import dev.espalier.equivalence.core.claims.Claim;
import dev.espalier.equivalence.core.claims.Progress;
import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.text.Similarity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the combiner sees of a pair. Every feature is symmetric in the two steps. */
public final class PairFeatures {

  /** The features in the order of {@link #of}; the last two need the encoder. */
  public static final List<String> NAMES =
      List.of(
          "claims_share",
          "claims_same_form",
          "claims_all_match",
          "claims_only_one_side",
          "claims_other_truth",
          "claim_name_conflict",
          "unit_agrees",
          "unit_differs",
          "rate_conflict",
          "clause_similarity",
          "same_computation",
          "each_on_one_side",
          "left_against_total",
          "goal_similarity",
          "numbers_jaccard",
          "numbers_equal",
          "operands_jaccard",
          "new_words_jaccard",
          "words_jaccard",
          "words_containment",
          "trigrams",
          "exclusions",
          "name_conflict",
          "negation_conflict",
          "both_compute",
          "both_announce",
          "both_state",
          "both_nothing_new",
          "progress_differs",
          "length_ratio",
          "number_free_words",
          "number_free_trigrams",
          "cosine",
          "number_free_cosine");

  /** How many features need no encoder. */
  public static final int WITHOUT_ENCODER = NAMES.size() - 2;

  private PairFeatures() {}

  /**
   * The features of a pair.
   *
   * @param cosine cosine similarity of the encoder's vectors, or 0 where it was not asked
   */
  static double[] of(
      StepReading a, StepReading b, ClaimMatch match, Set<String> givenWords, double cosine) {
    boolean valued = a.progress() == Progress.COMPUTES && b.progress() == Progress.COMPUTES;
    double words = Similarity.jaccard(a.words(), b.words());
    double trigrams = Similarity.trigrams(a.canonical().key(), b.canonical().key());
    double matched = match.matched().size();
    return new double[] {
      valued ? matched / match.size() : 0,
      mean(match, m -> m.hasSameForm() ? 1 : 0),
      truth(valued && match.onlyA().isEmpty() && match.onlyB().isEmpty()),
      truth(valued && (match.onlyA().isEmpty() != match.onlyB().isEmpty())),
      truth(match.matched().stream().anyMatch(m -> !m.hasSameTruth())),
      truth(match.matched().stream().anyMatch(ClaimMatch.Matched::hasOtherName)),
      mean(match, m -> Math.max(0, m.unitAgreement())),
      mean(match, m -> Math.max(0, -m.unitAgreement())),
      truth(match.matched().stream().anyMatch(ClaimMatch.Matched::hasOtherRate)),
      mean(match, ClaimMatch.Matched::clauseSimilarity),
      mean(match, ClaimMatch.Matched::hasSameComputation),
      truth(match.matched().stream().anyMatch(m -> m.onOneSide("each"))),
      truth(match.matched().stream().anyMatch(m -> m.onOneSide("left") && m.onOneSide("total"))),
      valued ? 0 : Similarity.jaccard(a.goal(), b.goal()),
      Similarity.jaccard(a.numbers(), b.numbers()),
      truth(Similarity.jaccard(a.numbers(), b.numbers()) == 1),
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
  static boolean nameConflict(StepReading a, StepReading b) {
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

  private static double mean(
      ClaimMatch match, java.util.function.ToDoubleFunction<ClaimMatch.Matched> of) {
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

  /** Whether any claim of the step was read at all. */
  static boolean hasReadClaim(StepReading step) {
    return step.claims().stream().anyMatch(claim -> claim.kind() != Claim.Kind.UNREAD);
  }
}
