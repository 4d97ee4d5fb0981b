package dev.espalier.equivalence.training;

import dev.espalier.equivalence.core.compare.Combiner;
import dev.espalier.equivalence.core.compare.StepComparison;
import dev.espalier.equivalence.core.compare.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Cross-validation in which all pairs of one problem fall into the same fold.
 *
 * @param folds how many
 * @param seed of the shuffle of the problems
 */
record CrossValidation(int folds, long seed) {

  /** An example with the verdict of a combiner that has not seen its problem. */
  record Judged(Example example, Verdict verdict) {

    Quality.Scored scored() {
      return new Quality.Scored(
          example.pair().problem(), example.pair().equivalent(), verdict.probability());
    }
  }

  /**
   * Judges every hand-labelled example by a combiner trained without its fold.
   *
   * @param extra further training examples; those of a test fold's problems are left out
   */
  List<Judged> run(List<Example> hand, List<Example> extra, CombinerTrainer trainer) {
    Map<String, Integer> foldOf = folds(hand);
    List<Judged> judged = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      Integer test = fold;
      List<Example> training = new ArrayList<>();
      hand.stream()
          .filter(e -> !test.equals(foldOf.get(e.pair().problem())))
          .forEach(training::add);
      extra.stream()
          .filter(e -> !test.equals(foldOf.get(e.pair().problem())))
          .forEach(training::add);
      Combiner combiner = trainer.train(training);
      hand.stream()
          .filter(e -> test.equals(foldOf.get(e.pair().problem())))
          .forEach(e -> judged.add(new Judged(e, judge(combiner, e))));
    }
    return judged;
  }

  static Verdict judge(Combiner combiner, Example e) {
    return new StepComparison(combiner)
        .compare(e.a(), e.b(), e.givens().words(), combiner.threshold(), e::cosine);
  }

  private Map<String, Integer> folds(List<Example> examples) {
    TreeSet<String> problems = new TreeSet<>();
    examples.forEach(e -> problems.add(e.pair().problem()));
    List<String> shuffled = new ArrayList<>(problems);
    Collections.shuffle(shuffled, new Random(seed));
    Map<String, Integer> foldOf = new HashMap<>();
    for (int i = 0; i < shuffled.size(); i++) {
      foldOf.put(shuffled.get(i), i % folds);
    }
    return foldOf;
  }
}
