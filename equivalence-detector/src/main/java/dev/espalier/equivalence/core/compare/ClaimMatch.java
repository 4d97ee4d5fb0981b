package dev.espalier.equivalence.core.compare;

import dev.espalier.equivalence.core.claims.Claim;
import dev.espalier.equivalence.core.claims.Slots;
import dev.espalier.equivalence.core.claims.StepReading;
import dev.espalier.equivalence.core.text.Similarity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The claims of two steps side by side.
 *
 * @param matched pairs of claims with the same value, each claim in at most one
 * @param onlyA claims of the first step without a partner
 * @param onlyB claims of the second step without a partner
 */
record ClaimMatch(List<Matched> matched, List<Claim> onlyA, List<Claim> onlyB) {

  /** Two claims of the same value. */
  record Matched(Claim a, Claim b) {

    boolean hasSameForm() {
      return a.form().equals(b.form());
    }

    /** Worth the same, and not in the same form: factored and expanded, solved and unsolved. */
    boolean hasOtherForm() {
      boolean comparable = (a.kind() == Claim.Kind.RELATION) == (b.kind() == Claim.Kind.RELATION);
      return comparable && !hasSameForm();
    }

    boolean hasSameTruth() {
      return a.isTrue() == b.isTrue();
    }

    /** Both are wrong, and not in the same way. */
    boolean hasOtherError() {
      return !a.isTrue() && !b.isTrue() && !a.computation().equals(b.computation());
    }

    /** The clauses of the two results name different persons, and neither names the other's. */
    boolean hasOtherSubject(Set<String> namesA, Set<String> namesB) {
      Set<String> x = shared(a.slots().clause(), namesA);
      Set<String> y = shared(b.slots().clause(), namesB);
      return !x.isEmpty() && !y.isEmpty() && shared(x, y).isEmpty();
    }

    private static Set<String> shared(Set<String> one, Set<String> other) {
      Set<String> shared = new HashSet<>(one);
      shared.retainAll(other);
      return shared;
    }

    boolean hasOtherName() {
      String x = a.slots().name();
      String y = b.slots().name();
      return !x.isEmpty() && !y.isEmpty() && !x.equals(y);
    }

    boolean hasOtherRate() {
      String x = a.slots().rate();
      String y = b.slots().rate();
      return !x.isEmpty() && !y.isEmpty() && !x.equals(y);
    }

    /** Units exclude each other: inches and feet, girls and boys, money and hours. */
    boolean hasOtherUnit() {
      return Exclusions.conflicts(a.slots().unit(), b.slots().unit()) > 0;
    }

    /** 1 where the unit words agree, 0 where one side has none, -1 where they share nothing. */
    double unitAgreement() {
      Slots x = a.slots();
      Slots y = b.slots();
      if (x.currency() && y.currency()) {
        return 1;
      }
      if (x.unit().isEmpty() || y.unit().isEmpty()) {
        return 0;
      }
      Set<String> shared = new HashSet<>(x.unit());
      shared.retainAll(y.unit());
      return shared.isEmpty() ? -1 : 1;
    }

    boolean hasSameComputation() {
      return !a.computation().isEmpty() && a.computation().equals(b.computation());
    }

    boolean hasOtherComputation() {
      boolean both = !a.computation().isEmpty() && !b.computation().isEmpty();
      return both && !a.computation().equals(b.computation());
    }

    boolean onOneSide(String stem) {
      return a.slots().clause().contains(stem) != b.slots().clause().contains(stem);
    }

    /** Shared words of the clauses; in the middle where one of them has no words. */
    double clauseSimilarity() {
      Set<String> x = a.slots().clause();
      Set<String> y = b.slots().clause();
      return x.isEmpty() || y.isEmpty() ? 0.5 : Similarity.containment(x, y);
    }

    /** Both clauses have words, and no one in common. */
    boolean hasOtherClause() {
      return clauseSimilarity() == 0;
    }
  }

  static ClaimMatch of(StepReading a, StepReading b) {
    List<Claim> restB = new ArrayList<>(sorted(b.claims()));
    List<Claim> onlyA = new ArrayList<>();
    List<Matched> matched = new ArrayList<>();
    for (Claim claim : sorted(a.claims())) {
      Claim best = null;
      double bestScore = -1;
      for (Claim other : restB) {
        double score = agree(claim, other) ? score(claim, other) : -1;
        if (score > bestScore) {
          best = other;
          bestScore = score;
        }
      }
      if (best == null) {
        onlyA.add(claim);
      } else {
        restB.remove(best);
        matched.add(new Matched(claim, best));
      }
    }
    return new ClaimMatch(matched, onlyA, restB);
  }

  /** In an order that does not depend on where the claims stand in their steps. */
  private static List<Claim> sorted(List<Claim> claims) {
    return claims.stream()
        .sorted(
            Comparator.comparing(Claim::value)
                .thenComparing(Claim::form)
                .thenComparing(claim -> claim.slots().name())
                .thenComparing(claim -> claim.slots().unit().toString())
                .thenComparing(claim -> claim.kind().ordinal()))
        .toList();
  }

  /** Same value; or a relation such as {@code A + B = 140} against the bare value 140. */
  private static boolean agree(Claim a, Claim b) {
    if (a.value().equals(b.value())) {
      return true;
    }
    boolean relationAgainstNumber =
        (a.kind() == Claim.Kind.RELATION) != (b.kind() == Claim.Kind.RELATION);
    boolean congruence = a.form().indexOf('≡') >= 0 || b.form().indexOf('≡') >= 0;
    return relationAgainstNumber
        && !congruence
        && a.exact().isPresent()
        && a.exact().equals(b.exact());
  }

  private static double score(Claim a, Claim b) {
    double form = a.form().equals(b.form()) ? 2 : 0;
    double name = a.slots().name().equals(b.slots().name()) ? 1 : 0;
    return form
        + name
        + Similarity.jaccard(Set.copyOf(a.slots().unit()), Set.copyOf(b.slots().unit()));
  }

  int size() {
    return matched.size() + onlyA.size() + onlyB.size();
  }
}
