package dev.espalier.equivalence.core.compare;

import dev.espalier.equivalence.core.claims.Claim;
import dev.espalier.equivalence.core.claims.Progress;
import dev.espalier.equivalence.core.claims.StepReading;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Facts that make two steps different whatever their wording. */
final class Vetoes {

  /** The denial itself, and a verb that changes with it. */
  private static final int MAX_WORDS_OF_DENIAL = 3;

  private Vetoes() {}

  /** The code of the first veto that applies. */
  static Optional<String> on(StepReading a, StepReading b, ClaimMatch match) {
    if (computes(a) && computes(b) && match.matched().isEmpty() && isReadable(match)) {
      return Optional.of("other_values");
    }
    if (match.matched().stream().anyMatch(m -> !m.hasSameTruth())) {
      return Optional.of("right_and_wrong");
    }
    if (match.matched().stream().anyMatch(ClaimMatch.Matched::hasOtherError)) {
      return Optional.of("other_errors");
    }
    if (match.matched().stream().anyMatch(m -> m.hasOtherSubject(a.names(), b.names()))) {
      return Optional.of("other_subject");
    }
    if (match.matched().stream().anyMatch(ClaimMatch.Matched::hasOtherName)) {
      return Optional.of("other_name");
    }
    if (isDenied(a, b)) {
      return Optional.of("other_polarity");
    }
    if (!match.matched().isEmpty()
        && match.matched().stream().allMatch(ClaimMatch.Matched::hasOtherForm)) {
      return Optional.of("other_form");
    }
    if (match.matched().stream().anyMatch(ClaimMatch.Matched::hasOtherUnit)) {
      return Optional.of("other_unit");
    }
    if (match.matched().stream().anyMatch(ClaimMatch.Matched::hasOtherRate)) {
      return Optional.of("other_rate");
    }
    if (match.onlyA().isEmpty() != match.onlyB().isEmpty() && addsFacts(match)) {
      return Optional.of("more_facts");
    }
    if (Exclusions.contradictions(a.words(), b.words()) > 0) {
      return Optional.of("other_entity");
    }
    if (isComputedAgainstAnnounced(a, b) || isComputedAgainstAnnounced(b, a)) {
      return Optional.of("computed_and_announced");
    }
    if (otherAnswers(a, b)) {
      return Optional.of("other_answers");
    }
    return Optional.empty();
  }

  /** One step denies what the other says in nearly the same words. */
  private static boolean isDenied(StepReading a, StepReading b) {
    if (a.isNegative() == b.isNegative()) {
      return false;
    }
    Set<String> differing = new HashSet<>(a.words());
    differing.addAll(b.words());
    differing.removeIf(word -> a.words().contains(word) && b.words().contains(word));
    return differing.size() <= MAX_WORDS_OF_DENIAL;
  }

  /** One step concludes everything that the other one does, and something more by computing. */
  private static boolean addsFacts(ClaimMatch match) {
    List<Claim> extra = match.onlyA().isEmpty() ? match.onlyB() : match.onlyA();
    return !match.matched().isEmpty()
        && extra.stream()
            .anyMatch(c -> c.kind() == Claim.Kind.COMPUTED || c.kind() == Claim.Kind.RELATION);
  }

  private static boolean computes(StepReading step) {
    return step.progress() == Progress.COMPUTES;
  }

  private static boolean isComputedAgainstAnnounced(StepReading a, StepReading b) {
    boolean computed = a.claims().stream().anyMatch(c -> c.kind() == Claim.Kind.COMPUTED);
    return computed && (b.progress() == Progress.ANNOUNCES || b.progress() == Progress.NOTHING_NEW);
  }

  private static boolean otherAnswers(StepReading a, StepReading b) {
    return a.answer().isPresent() && b.answer().isPresent() && !a.answer().equals(b.answer());
  }

  private static boolean isReadable(ClaimMatch match) {
    return isReadable(match.onlyA()) && isReadable(match.onlyB());
  }

  private static boolean isReadable(List<Claim> claims) {
    return claims.stream().allMatch(claim -> claim.kind() != Claim.Kind.UNREAD);
  }
}
