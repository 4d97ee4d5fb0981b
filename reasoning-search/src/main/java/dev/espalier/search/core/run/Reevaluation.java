package dev.espalier.search.core.run;

import dev.espalier.search.core.ledger.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What a stored search would have been with other merges, as far as what was sampled then can tell:
 * no model is called.
 *
 * <p>A class that unites several old ones keeps the one of them that was visited most, with what is
 * below it; the expansions of the others would not have been needed. A class that was part of an
 * expanded one, without its representative, would have needed an expansion of its own, of which
 * nothing is known. The votes are those of what is kept.
 *
 * @param detector of the new grouping, or null where nothing but the text was compared
 * @param groupsMerged classes of more than one sample
 * @param stepsMerged samples that another one stands for
 * @param expansionsSpared expansions that were made, and would not have been
 * @param expansionsNeeded expansions that were not made, and would have been
 * @param spared tokens of the calls of the spared expansions
 * @param degraded expansions that the detector did not group, because it was away
 */
public record Reevaluation(
    Optional<String> detector,
    int groupsMerged,
    int stepsMerged,
    int expansionsSpared,
    int expansionsNeeded,
    Usage spared,
    int degraded,
    List<AnswerWeight> answers) {

  public Reevaluation {
    answers = List.copyOf(answers);
  }

  /** The first of the vote, if it has any weight. */
  public Optional<String> answer() {
    return answers.stream().filter(vote -> vote.weight() > 0).map(AnswerWeight::answer).findFirst();
  }
}
