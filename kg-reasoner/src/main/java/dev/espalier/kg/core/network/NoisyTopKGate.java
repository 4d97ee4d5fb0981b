package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Activations;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A mixture's gate: a softmax over the best few of several experts. */
/*
 * Q = x W; in training Q + eps Softplus(x W_noise), eps normal (Shazeer et al. 2017, MoKGR eq. for
 * Q_l). The top k of Q share the weight by a softmax; the others get 0. Load is the chance of being
 * among the top k when the own noise is drawn again: Phi((clean - k-th best of the others) / sigma).
 * Importance is the weight itself. Both are summed over the batch, and the squared coefficient of
 * variation of the sums is a part of the loss: see Balance.
 */
final class NoisyTopKGate {

  final int inputs;
  final int outputs;
  final float[] input;
  final float[] weight;
  final float[] load;
  private final float[] noisy;
  private final float[] sigma;
  private final float[] epsilon;
  private final float[] slope;
  private final float[] distance;
  private final boolean[] chosen;
  private final boolean[] allowed;
  private boolean perturbed;
  private float temperature = 1;

  NoisyTopKGate(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    input = new float[inputs];
    weight = new float[outputs];
    load = new float[outputs];
    noisy = new float[outputs];
    sigma = new float[outputs];
    epsilon = new float[outputs];
    slope = new float[outputs];
    distance = new float[outputs];
    chosen = new boolean[outputs];
    allowed = new boolean[outputs];
  }

  /** Which experts there are to choose from. */
  void allow(int expert, boolean isAllowed) {
    allowed[expert] = isAllowed;
  }

  void forward(float[] values, int gateAt, int noiseAt, int k, float tau, @Nullable Noise noise) {
    temperature = tau;
    perturbed = noise != null && noise.perturbs();
    for (int i = 0; i < outputs; i++) {
      float clean = 0;
      float spread = 0;
      for (int j = 0; j < inputs; j++) {
        clean += input[j] * values[gateAt + j * outputs + i];
        spread += input[j] * values[noiseAt + j * outputs + i];
      }
      noisy[i] = clean;
      if (noise != null && perturbed) {
        sigma[i] = Activations.softplus(spread) + 1e-2f;
        slope[i] = Activations.sigmoid(spread);
        epsilon[i] = noise.normal();
        noisy[i] += epsilon[i] * sigma[i];
      }
    }
    choose(k);
    softmax();
    if (perturbed) {
      loads(k);
    }
  }

  private void choose(int k) {
    Arrays.fill(chosen, false);
    for (int n = 0; n < k; n++) {
      int best = -1;
      for (int i = 0; i < outputs; i++) {
        if (allowed[i] && !chosen[i] && (best < 0 || noisy[i] > noisy[best])) {
          best = i;
        }
      }
      if (best < 0) {
        return;
      }
      chosen[best] = true;
    }
  }

  private void softmax() {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < outputs; i++) {
      most = chosen[i] ? Math.max(most, noisy[i]) : most;
    }
    float sum = 0;
    for (int i = 0; i < outputs; i++) {
      weight[i] = chosen[i] ? (float) Math.exp((noisy[i] - most) / temperature) : 0;
      sum += weight[i];
    }
    for (int i = 0; i < outputs; i++) {
      weight[i] /= sum;
    }
  }

  private void loads(int k) {
    for (int i = 0; i < outputs; i++) {
      float bar = allowed[i] ? barWithout(i, k) : Float.POSITIVE_INFINITY;
      if (bar == Float.NEGATIVE_INFINITY || bar == Float.POSITIVE_INFINITY) {
        load[i] = allowed[i] ? 1 : 0;
        distance[i] = Float.NaN;
        continue;
      }
      distance[i] = (noisy[i] - epsilon[i] * sigma[i] - bar) / sigma[i];
      load[i] = Activations.sigmoid(1.702f * distance[i]);
    }
  }

  /** The k-th best of the others; negative infinity if there are fewer. */
  private float barWithout(int left, int k) {
    float bar = Float.POSITIVE_INFINITY;
    int at = left;
    for (int n = 0; n < k; n++) {
      int best = -1;
      for (int i = 0; i < outputs; i++) {
        boolean below = noisy[i] < bar || (noisy[i] == bar && i > at);
        if (allowed[i] && i != left && below && (best < 0 || noisy[i] > noisy[best])) {
          best = i;
        }
      }
      if (best < 0) {
        return Float.NEGATIVE_INFINITY;
      }
      bar = noisy[best];
      at = best;
    }
    return bar;
  }

  /**
   * Adds the gradients of the parameters and of the input.
   *
   * @param dWeight of the loss by each weight
   * @param dLoad of the loss by each load; used only where noise was added
   */
  void backward(
      float[] values,
      int gateAt,
      int noiseAt,
      float[] dWeight,
      float[] dLoad,
      float[] gradients,
      float[] dInput) {
    float mean = 0;
    for (int i = 0; i < outputs; i++) {
      mean += weight[i] * dWeight[i];
    }
    for (int i = 0; i < outputs; i++) {
      float dClean = weight[i] * (dWeight[i] - mean) / temperature;
      float dSpread = 0;
      if (perturbed) {
        dSpread = dClean * epsilon[i] * slope[i];
        if (!Float.isNaN(distance[i])) {
          float density = 1.702f * load[i] * (1 - load[i]) / sigma[i];
          dClean += dLoad[i] * density;
          dSpread -= dLoad[i] * density * distance[i] * slope[i];
        }
      }
      for (int j = 0; j < inputs; j++) {
        gradients[gateAt + j * outputs + i] += dClean * input[j];
        gradients[noiseAt + j * outputs + i] += dSpread * input[j];
        dInput[j] +=
            dClean * values[gateAt + j * outputs + i] + dSpread * values[noiseAt + j * outputs + i];
      }
    }
  }
}
