package dev.espalier.equivalence.training;

import dev.espalier.equivalence.core.compare.LogisticModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Penalised logistic regression by Newton's method (iteratively reweighted least squares). The
 * penalty is on weights of standardised features, the result on features as they are.
 */
final class LogisticTrainer {

  private static final int MAX_ROUNDS = 50;
  private static final double CONVERGED = 1e-8;

  private final double penalty;

  LogisticTrainer(double penalty) {
    this.penalty = penalty;
  }

  LogisticModel train(double[][] rows, boolean[] labels, double[] weights, int features) {
    double[] scale = deviations(rows, features);
    double[] beta = new double[features + 1];
    for (int round = 0; round < MAX_ROUNDS; round++) {
      double[] step = newtonStep(rows, labels, weights, scale, beta);
      double largest = 0;
      for (int i = 0; i < beta.length; i++) {
        beta[i] += step[i];
        largest = Math.max(largest, Math.abs(step[i]));
      }
      if (largest < CONVERGED) {
        break;
      }
    }
    List<Double> result = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      result.add(beta[i + 1] / scale[i]);
    }
    return new LogisticModel(beta[0], result);
  }

  private double[] newtonStep(
      double[][] rows, boolean[] labels, double[] weights, double[] scale, double[] beta) {
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
      double curvature = weights[r] * Math.max(p * (1 - p), 1e-6);
      for (int i = 0; i < n; i++) {
        gradient[i] += error * x[i];
        for (int j = 0; j < n; j++) {
          hessian[i][j] += curvature * x[i] * x[j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      double lambda = i == 0 ? 1e-6 : penalty;
      gradient[i] -= lambda * beta[i];
      hessian[i][i] += lambda;
    }
    return solve(hessian, gradient);
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

  /** Gaussian elimination with partial pivoting. */
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int row = column + 1; row < n; row++) {
        pivot = Math.abs(a[row][column]) > Math.abs(a[pivot][column]) ? row : pivot;
      }
      double[] swapped = a[column];
      a[column] = a[pivot];
      a[pivot] = swapped;
      double value = b[column];
      b[column] = b[pivot];
      b[pivot] = value;
      for (int row = column + 1; row < n; row++) {
        double factor = a[row][column] / a[column][column];
        b[row] -= factor * b[column];
        for (int k = column; k < n; k++) {
          a[row][k] -= factor * a[column][k];
        }
      }
    }
    double[] x = new double[n];
    for (int row = n - 1; row >= 0; row--) {
      double sum = b[row];
      for (int k = row + 1; k < n; k++) {
        sum -= a[row][k] * x[k];
      }
      x[row] = sum / a[row][row];
    }
    return x;
  }
}
