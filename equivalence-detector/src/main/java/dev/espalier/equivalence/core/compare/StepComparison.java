package dev.espalier.equivalence.core.compare;

import dev.espalier.equivalence.core.claims.Progress;
import dev.espalier.equivalence.core.claims.StepReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * The cascade for one pair.
 *
 * <p>Two steps are equivalent when, given the same problem and prefix, they assert the same new
 * facts (same quantity, entity, unit and rate; same value or the same relation), make the same
 * progress, and are right or wrong in the same way. Wording, order, variable names and repeated
 * givens do not matter.
 */
public final class StepComparison {

  /** What a tier that is not learned is sure of; set from measured precision, not 1. */
  private static final double SURE = 0.98;

  /** Where an undecided pair begins. */
  private static final double UNDECIDED_FROM = 0.35;

  /** What a pair gets that similarity alone would merge. */
  private static final double UNDECIDED_AT = 0.5;

  private final Combiner combiner;

  public StepComparison(Combiner combiner) {
    this.combiner = combiner;
  }

  /**
   * Decides a pair.
   *
   * @param cosine asked at most once, and only where nothing cheaper decides; NaN without encoder
   */
  public Verdict compare(
      StepReading first,
      StepReading second,
      Set<String> givenWords,
      double threshold,
      DoubleSupplier cosine) {
    String x = first.canonical().key();
    String y = second.canonical().key();
    if (x.equals(y)) {
      return new Verdict(true, 1, Tier.CANONICAL, "same_text", texts(first));
    }
    StepReading a = x.compareTo(y) < 0 ? first : second;
    StepReading b = a == first ? second : first;
    if (a.state().isPresent() && b.state().isPresent()) {
      boolean same = a.state().equals(b.state());
      return new Verdict(
          same,
          same ? SURE : 1 - SURE,
          Tier.STATE,
          same ? "same_state" : "other_state",
          same ? List.of(a.state().get()) : List.of());
    }
    ClaimMatch match = ClaimMatch.of(a, b);
    Optional<String> veto = Vetoes.on(a, b, match);
    if (veto.isPresent()) {
      return new Verdict(false, 1 - SURE, Tier.VETO, veto.get(), List.of());
    }
    return learned(a, b, match, givenWords, threshold, cosine);
  }

  private Verdict learned(
      StepReading a,
      StepReading b,
      ClaimMatch match,
      Set<String> givenWords,
      double threshold,
      DoubleSupplier cosine) {
    double[] features = PairFeatures.of(a, b, match, givenWords, 0);
    double probability = combiner.lexical().probability(features);
    if (probability >= combiner.encoderFrom()) {
      double similarity = cosine.getAsDouble();
      if (!Double.isNaN(similarity)) {
        probability =
            combiner.encoded().probability(PairFeatures.of(a, b, match, givenWords, similarity));
      }
    }
    List<String> shared = match.matched().stream().map(m -> m.a().text()).distinct().toList();
    if (probability >= threshold && !hasSameComputations(match)) {
      boolean isReordered = Substitutions.reordered(a, b);
      if (isReordered || Substitutions.between(a, b)) {
        double undecided = Math.min(UNDECIDED_AT, Math.nextDown(threshold));
        String reason = isReordered ? "other_order" : "substitution";
        return new Verdict(false, undecided, Tier.UNDECIDED, reason, shared);
      }
    }
    if (probability >= threshold) {
      boolean claims = match.onlyA().isEmpty() && match.onlyB().isEmpty() && !shared.isEmpty();
      String reason =
          claims
              ? "same_claims"
              : isNothingNew(a) && isNothingNew(b) ? "nothing_new" : "same_meaning";
      return new Verdict(true, probability, claims ? Tier.CLAIMS : Tier.COMBINER, reason, shared);
    }
    boolean undecided = probability >= Math.min(UNDECIDED_FROM, threshold);
    return new Verdict(
        false,
        probability,
        undecided ? Tier.UNDECIDED : Tier.COMBINER,
        undecided ? "undecided" : "other_meaning",
        shared);
  }

  /** The features of a pair, for training; empty where the cascade decides without the combiner. */
  public static Optional<double[]> features(
      StepReading first, StepReading second, Set<String> givenWords, DoubleSupplier cosine) {
    String x = first.canonical().key();
    String y = second.canonical().key();
    StepReading a = x.compareTo(y) < 0 ? first : second;
    StepReading b = a == first ? second : first;
    ClaimMatch match = ClaimMatch.of(a, b);
    boolean decided =
        x.equals(y)
            || (a.state().isPresent() && b.state().isPresent())
            || Vetoes.on(a, b, match).isPresent();
    return decided
        ? Optional.empty()
        : Optional.of(PairFeatures.of(a, b, match, givenWords, cosine.getAsDouble()));
  }

  /** The numbers say by themselves that the steps do the same. */
  private static boolean hasSameComputations(ClaimMatch match) {
    return !match.matched().isEmpty()
        && match.matched().stream().allMatch(ClaimMatch.Matched::hasSameComputation);
  }

  private static boolean isNothingNew(StepReading step) {
    return step.progress() == Progress.NOTHING_NEW;
  }

  private static List<String> texts(StepReading step) {
    return step.claims().stream().map(claim -> claim.text()).distinct().toList();
  }
}
