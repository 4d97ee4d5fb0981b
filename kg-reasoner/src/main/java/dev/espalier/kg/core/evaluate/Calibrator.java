package dev.espalier.kg.core.evaluate;

import dev.espalier.kg.core.explore.Answer;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.network.BoundGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fits the probabilities of a model on what it answers to validation queries. */
/*
 * Platt scaling: logistic regression on (1, score, log softmax) of the ten best answers that the
 * graph does not state; an answer is true if the filter knows it. Newton steps with a small ridge;
 * weights are not negative.
 * Answers that nobody has stated count as false, as they do in the ranking.
 */
public final class Calibrator {

  private static final int ANSWERS = 10;
  private static final int STEPS = 30;
  private static final double RIDGE = 1e-3;

  private Calibrator() {}

  /**
   * @param graph made by the explorer
   * @param known the triples of training and validation, with the same ids
   * @param triples of validation; both directions are asked
   * @return {@link Calibration#none} where nothing could be learned
   */
  public static Calibration fit(
      Explorer explorer, BoundGraph graph, KnowledgeGraph known, Triple[] triples) {
    List<double[]> samples = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (Judged judged : judged(explorer, graph, known, triples)) {
      samples.add(new double[] {1, judged.answer().score(), judged.answer().logShare()});
      labels.add(judged.isTrue());
    }
    long positive = labels.stream().filter(label -> label).count();
    if (positive < ANSWERS || labels.size() - positive < ANSWERS) {
      return Calibration.none();
    }
    double[] w = rising(samples, labels);
    boolean finite = Arrays.stream(w).allMatch(Double::isFinite);
    return finite ? new Calibration(w[0], w[1], w[2], samples.size()) : Calibration.none();
  }

  /** An answer that the graph does not state, and whether it is right. */
  record Judged(Answer answer, boolean isTrue) {}

  /** The best answers to both questions of each triple. */
  static List<Judged> judged(
      Explorer explorer, BoundGraph graph, KnowledgeGraph known, Triple[] triples) {
    List<Judged> judged = new ArrayList<>();
    for (Triple t : triples) {
      ask(explorer, graph, known, t.head(), t.relation(), judged);
      ask(explorer, graph, known, t.tail(), known.inverse(t.relation()), judged);
    }
    return judged;
  }

  private static void ask(
      Explorer explorer,
      BoundGraph graph,
      KnowledgeGraph known,
      int entity,
      int relation,
      List<Judged> judged) {
    if (graph.toModel(relation) < 0) {
      return;
    }
    int[] right = known.tails(entity, relation);
    for (Answer a : explorer.answer(graph, Query.ofHead(entity, relation, ANSWERS)).answers()) {
      judged.add(new Judged(a, Arrays.binarySearch(right, a.entity()) >= 0));
    }
  }

  /**
   * Weights under which no better answer is less probable. Score and share go together, so that a
   * fit may give one of them a negative weight; that one is left out then.
   */
  static double[] rising(List<double[]> samples, List<Boolean> labels) {
    double[] w = logistic(samples, labels);
    for (int fits = 0; fits < 2 && Math.min(w[1], w[2]) < 0; fits++) {
      int falling = w[1] < w[2] ? 1 : 2;
      samples.forEach(sample -> sample[falling] = 0);
      w = logistic(samples, labels);
      w[falling] = 0;
    }
    return w;
  }

  /** Iteratively reweighted least squares. */
  static double[] logistic(List<double[]> samples, List<Boolean> labels) {
    double[] w = new double[3];
    for (int step = 0; step < STEPS; step++) {
      double[][] system = new double[3][4];
      for (int i = 0; i < samples.size(); i++) {
        double[] x = samples.get(i);
        double z = w[0] * x[0] + w[1] * x[1] + w[2] * x[2];
        double p = 1 / (1 + Math.exp(-z));
        double slope = Math.max(1e-6, p * (1 - p));
        double error = (labels.get(i) ? 1 : 0) - p;
        for (int a = 0; a < 3; a++) {
          for (int b = 0; b < 3; b++) {
            system[a][b] += slope * x[a] * x[b];
          }
          system[a][3] += error * x[a];
        }
      }
      for (int a = 0; a < 3; a++) {
        system[a][a] += RIDGE;
        system[a][3] -= RIDGE * w[a];
      }
      double[] change = solve(system);
      for (int a = 0; a < 3; a++) {
        w[a] += Math.max(-2, Math.min(2, change[a]));
      }
    }
    return w;
  }

  /** Gauss-Jordan elimination; the matrix is positive definite. */
  private static double[] solve(double[][] system) {
    int n = system.length;
    for (int a = 0; a < n; a++) {
      double pivot = system[a][a];
      for (int b = 0; b <= n; b++) {
        system[a][b] /= pivot;
      }
      for (int c = 0; c < n; c++) {
        double factor = system[c][a];
        for (int b = 0; c != a && b <= n; b++) {
          system[c][b] -= factor * system[a][b];
        }
      }
    }
    double[] solution = new double[n];
    for (int a = 0; a < n; a++) {
      solution[a] = system[a][n];
    }
    return solution;
  }
}
