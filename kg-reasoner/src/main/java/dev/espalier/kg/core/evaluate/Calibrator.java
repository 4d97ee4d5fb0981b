package dev.espalier.kg.core.evaluate;

import dev.espalier.kg.core.explore.Answer;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.network.BoundGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Fits the probabilities of a model on what it answers to validation queries. */
/*
 * Platt scaling: logistic regression on (1, score, log softmax) of the ten best answers that the
 * graph does not state; an answer is true if a validation triple states it. With a small ridge; weights
 * are not negative.
 * Answers that nobody has stated count as false, as they do in the ranking: where much that is true
 * is in neither part, probabilities are too low.
 */
public final class Calibrator {

  private static final int ANSWERS = 10;
  private static final int STEPS = 30;
  private static final double RIDGE = 1e-3;
  private static final double ENOUGH = 1e-4;
  private static final double LEAST_PART = 1e-9;

  private Calibrator() {}

  /**
   * @param graph made by the explorer
   * @param valid triples that the graph does not state; answers they state are true
   * @param most of them are asked for, in both directions
   * @return empty where nothing could be learned
   */
  public static Optional<Calibration> fit(
      Explorer explorer, BoundGraph graph, Triple[] valid, int most) {
    KnowledgeGraph walked = graph.graph();
    GraphBuilder right = GraphBuilder.withNames(walked.entities(), walked.relations());
    for (Triple t : valid) {
      right.add(t.head(), t.relation(), t.tail());
    }
    List<double[]> samples = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    Triple[] asked = Evaluator.sample(valid, most);
    for (Judged judged : judged(explorer, graph, right.build(), asked)) {
      samples.add(new double[] {1, judged.answer().score(), judged.answer().logShare()});
      labels.add(judged.isTrue());
    }
    long positive = labels.stream().filter(label -> label).count();
    if (positive < ANSWERS || labels.size() - positive < ANSWERS) {
      return Optional.empty();
    }
    double[] w = rising(samples, labels);
    boolean finite = Arrays.stream(w).allMatch(Double::isFinite);
    return finite
        ? Optional.of(new Calibration(w[0], w[1], w[2], samples.size()))
        : Optional.empty();
  }

  /** An answer that the graph does not state, and whether it is right. */
  record Judged(Answer answer, boolean isTrue) {}

  /**
   * The best answers to both questions of each triple.
   *
   * @param known states which of them are right, with the graph's ids
   */
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

  /** Newton's method; a step that does not bring the loss down enough is halved until it does. */
  static double[] logistic(List<double[]> samples, List<Boolean> labels) {
    double[] w = new double[3];
    double loss = loss(w, samples, labels);
    for (int step = 0; step < STEPS; step++) {
      double[][] system = system(w, samples, labels);
      double[] slope = {system[0][3], system[1][3], system[2][3]};
      double[] change = solve(system);
      double gain = slope[0] * change[0] + slope[1] * change[1] + slope[2] * change[2];
      double part = 1;
      double[] next = moved(w, change, part);
      double reached = loss(next, samples, labels);
      while (!(reached <= loss - ENOUGH * part * gain) && part > LEAST_PART) {
        part /= 2;
        next = moved(w, change, part);
        reached = loss(next, samples, labels);
      }
      if (!(reached < loss)) {
        return w;
      }
      w = next;
      loss = reached;
    }
    return w;
  }

  private static double[] moved(double[] w, double[] change, double part) {
    return new double[] {w[0] + part * change[0], w[1] + part * change[1], w[2] + part * change[2]};
  }

  /** The negative log-likelihood, with the ridge. */
  private static double loss(double[] w, List<double[]> samples, List<Boolean> labels) {
    double loss = RIDGE / 2 * (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
    for (int i = 0; i < samples.size(); i++) {
      double z = dot(w, samples.get(i));
      double against = labels.get(i) ? -z : z;
      loss +=
          against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against));
    }
    return loss;
  }

  /** The loss's curvature, and in the last column how steeply it falls. */
  private static double[][] system(double[] w, List<double[]> samples, List<Boolean> labels) {
    double[][] system = new double[3][4];
    for (int i = 0; i < samples.size(); i++) {
      double[] x = samples.get(i);
      double p = 1 / (1 + Math.exp(-dot(w, x)));
      double error = (labels.get(i) ? 1 : 0) - p;
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          system[a][b] += p * (1 - p) * x[a] * x[b];
        }
        system[a][3] += error * x[a];
      }
    }
    for (int a = 0; a < 3; a++) {
      system[a][a] += RIDGE;
      system[a][3] -= RIDGE * w[a];
    }
    return system;
  }

  private static double dot(double[] w, double[] x) {
    return w[0] * x[0] + w[1] * x[1] + w[2] * x[2];
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
