package dev.espalier.search.core.tree;

import java.util.List;

/**
 * How likely the proposer is to go on with each class: the sum over its members of exp(mean token
 * log-probability), as EquivPruner's PUCT uses it for single steps, normalised over the siblings.
 * Where a member has no log-probability, or all are zero, it is the class's share of the samples.
 */
final class Priors {

  private Priors() {}

  static double[] of(List<Candidate> candidates, Grouping grouping) {
    List<StepClass> classes = grouping.classes();
    double[] mass = new double[classes.size()];
    double sum = 0;
    if (candidates.stream().allMatch(candidate -> candidate.logProbability() != null)) {
      for (int i = 0; i < mass.length; i++) {
        for (int member : classes.get(i).members()) {
          mass[i] += probability(candidates.get(member));
        }
        sum += mass[i];
      }
    }
    for (int i = 0; i < mass.length; i++) {
      mass[i] =
          sum > 0 ? mass[i] / sum : (double) classes.get(i).multiplicity() / candidates.size();
    }
    return mass;
  }

  private static double probability(Candidate candidate) {
    Double logProbability = candidate.logProbability();
    return logProbability == null ? 0 : Math.exp(logProbability);
  }
}
