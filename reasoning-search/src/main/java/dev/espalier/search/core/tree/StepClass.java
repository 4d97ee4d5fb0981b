package dev.espalier.search.core.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Siblings that say the same.
 *
 * @param representative index of the candidate that stands for all
 * @param members indices of all candidates of the class, the representative's too; the size is the
 *     multiplicity
 * @param signature equal on two branches when the same is known after the step, or null; a match is
 *     a hint that the caller confirms
 * @param evidence for the pairs of the class
 */
public record StepClass(
    int representative,
    List<Integer> members,
    @Nullable String signature,
    List<Evidence> evidence) {
  public StepClass {
    members = List.copyOf(members);
    evidence = List.copyOf(evidence);
    if (!members.contains(representative)) {
      throw new IllegalArgumentException("the representative is not a member");
    }
  }

  public int multiplicity() {
    return members.size();
  }
}
