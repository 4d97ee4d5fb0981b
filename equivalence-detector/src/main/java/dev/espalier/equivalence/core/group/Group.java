package dev.espalier.equivalence.core.group;

import dev.espalier.equivalence.core.compare.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Candidates that say the same.
 *
 * @param representative id of the member that stands for all
 * @param members ids, the representative first
 * @param multiplicity sum over the members
 * @param logProbability logarithm of the summed probabilities of the members that have one
 * @param signature of the state that the representative leads to
 * @param evidence why each other member is equivalent to the representative
 */
public record Group(
    String representative,
    List<String> members,
    int multiplicity,
    Optional<Double> logProbability,
    String signature,
    List<Evidence> evidence) {

  /** The verdict on two members. */
  public record Evidence(String a, String b, Verdict verdict) {}

  public Group {
    members = List.copyOf(members);
    evidence = List.copyOf(evidence);
  }
}
