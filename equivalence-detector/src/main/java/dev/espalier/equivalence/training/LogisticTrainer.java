package dev.espalier.equivalence.training;

import dev.espalier.equivalence.core.compare.LogisticModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Penalised logistic regression whose weights keep a known sign: more agreement never makes a pair
 * less equivalent, a conflict never makes it more so. Without that, a small sample teaches noise.
 *
 * <p>Newton's method; each quadratic model is minimised by coordinate descent with the weights
 * clipped to their sign. The penalty is on weights of standardised features, the result on features
 * as they are.
 *
 * @param penalty weight of half the squared norm
 */
record LogisticTrainer(double penalty) {

  private static final int MAX_ROUNDS = 60;
  private static final int SWEEPS = 60;
  private static final double CONVERGED = 1e-7;

  LogisticModel train(double[][] rows, boolean[] labels, double[] weights, int[] signs) {
    double[] scale = deviations(rows, signs.length);
    double[] beta = new double[signs.length + 1];
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (newtonStep(rows, labels, weights, scale, signs, beta) < CONVERGED) {
        break;
      }
    }
    List<Double> result = new ArrayList<>();
    for (int i = 0; i < signs.length; i++) {
      result.add(beta[i + 1] / scale[i]);
    }
    return new LogisticModel(beta[0], result);
  }

  private double newtonStep(
      double[][] rows,
      boolean[] labels,
      double[] weights,
      double[] scale,
      int[] signs,
      double[] beta) {
    int n = beta.length;
    double[][] hessian = new double[n][n];
    double[] gradient = new double[n];
    for (int r = 0; r < rows.length; r++) {
      double[] x = new double[n];
      x[0] = 1;
      double logit = beta[0];
      for (int i = 1; i < n; i++) {
        x[i] = rows[r][i - 1] / scale[i - 1];
        logit += beta[i] * x[i];
      }
      double p = 1 / (1 + Math.exp(-logit));
      double error = weights[r] * ((labels[r] ? 1 : 0) - p);
      double curvature = weights[r] * Math.max(p * (1 - p), 1e-3);
      for (int i = 0; i < n; i++) {
        gradient[i] += error * x[i];
        for (int j = 0; j < n; j++) {
          hessian[i][j] += curvature * x[i] * x[j];
        }
      }
    }
    for (int i = 1; i < n; i++) {
      gradient[i] -= penalty * beta[i];
      hessian[i][i] += penalty;
    }
    return descend(hessian, gradient, signs, beta);
  }

  /** Moves beta to the minimum of the quadratic model; the largest move is returned. */
  private static double descend(double[][] hessian, double[] gradient, int[] signs, double[] beta) {
    int n = beta.length;
    double[] moved = new double[n];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < n; i++) {
        double slope = gradient[i];
        for (int j = 0; j < n; j++) {
          slope -= hessian[i][j] * moved[j];
        }
        double target = beta[i] + moved[i] + slope / hessian[i][i];
        moved[i] = clipped(target, i == 0 ? 0 : signs[i - 1]) - beta[i];
      }
    }
    double largest = 0;
    for (int i = 0; i < n; i++) {
      beta[i] += moved[i];
      largest = Math.max(largest, Math.abs(moved[i]));
    }
    return largest;
  }

  private static double clipped(double value, int sign) {
    return sign == 0 ? value : sign > 0 ? Math.max(0, value) : Math.min(0, value);
  }

  private static double[] deviations(double[][] rows, int features) {
    double[] deviations = new double[features];
    for (int i = 0; i < features; i++) {
      double sum = 0;
      double squares = 0;
      for (double[] row : rows) {
        sum += row[i];
        squares += row[i] * row[i];
      }
      double mean = sum / rows.length;
      deviations[i] = Math.max(Math.sqrt(Math.max(0, squares / rows.length - mean * mean)), 0.05);
    }
    return deviations;
  }
}
