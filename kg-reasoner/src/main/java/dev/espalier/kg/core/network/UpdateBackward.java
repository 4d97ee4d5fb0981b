package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Activation;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;

/** The way back through GRU, dropout, activation and transform. */
final class UpdateBackward {

  private final Kernels kernels;
  private float[] dGates = new float[0];
  private float[] dHidden = new float[0];
  private float[] dInput = new float[0];
  private float[] dAggregate = new float[0];

  UpdateBackward(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Adds to the gradients of parameters and of the states before.
   *
   * @return the gradient by the aggregated messages
   */
  float[] run(
      Weights weights,
      TransposedWeights transposed,
      Layer layer,
      float[] states,
      float[] dState,
      float[] dPrevious,
      float[] gradients) {
    int d = weights.config().dimension();
    int n = layer.nodes;
    ParameterLayout layout = weights.layout();
    LayerOffsets at = layout.layer(layer.number);
    dGates = Layer.room(dGates, 3 * n * d);
    dHidden = Layer.room(dHidden, 3 * n * d);
    dInput = Layer.room(dInput, n * d);
    dAggregate = Layer.room(dAggregate, n * d);
    for (int i = 0; i < n; i++) {
      cell(layer, states, dState, dPrevious, i, d);
    }
    kernels.addRows(n, 3 * d, dGates, 0, gradients, layout.gruInputBias());
    kernels.addRows(n, 3 * d, dHidden, 0, gradients, layout.gruHiddenBias());
    // W += x^T dy, dx = dy W^T, for both halves of the GRU and for the transform.
    kernels.multiply(
        d, n, 3 * d, layer.input, 0, 1, d, dGates, 0, gradients, layout.gruInput(), true);
    kernels.multiply(n, 3 * d, d, dGates, 0, 3 * d, 1, transposed.gruInput(), 0, dInput, 0, false);
    kernels.multiply(
        d, layer.before, 3 * d, states, 0, 1, d, dHidden, 0, gradients, layout.gruHidden(), true);
    kernels.multiply(
        layer.before,
        3 * d,
        d,
        dHidden,
        0,
        3 * d,
        1,
        transposed.gruHidden(),
        0,
        dPrevious,
        0,
        true);
    activation(weights.config().activation(), layer, n * d);
    kernels.multiply(d, n, d, layer.aggregate, 0, 1, d, dInput, 0, gradients, at.transform(), true);
    kernels.multiply(
        n, d, d, dInput, 0, d, 1, transposed.transform(layer.number), 0, dAggregate, 0, false);
    return dAggregate;
  }

  private void cell(Layer layer, float[] states, float[] dState, float[] dPrevious, int i, int d) {
    float[] gates = layer.gates;
    int row = i * d;
    int reset = 3 * row;
    int update = reset + d;
    int candidate = reset + 2 * d;
    boolean old = i < layer.before;
    for (int j = 0; j < d; j++) {
      float dh = dState[row + j];
      float r = gates[reset + j];
      float u = gates[update + j];
      float n = gates[candidate + j];
      float previous = old ? states[row + j] : 0;
      float dn = dh * (1 - u) * (1 - n * n);
      float du = dh * (previous - n) * u * (1 - u);
      float dr = dn * layer.hidden[row + j] * r * (1 - r);
      dGates[reset + j] = dr;
      dGates[update + j] = du;
      dGates[candidate + j] = dn;
      dHidden[reset + j] = dr;
      dHidden[update + j] = du;
      dHidden[candidate + j] = dn * r;
      if (old) {
        dPrevious[row + j] += dh * u;
      }
    }
  }

  private void activation(Activation activation, Layer layer, int n) {
    if (layer.masked) {
      for (int i = 0; i < n; i++) {
        dInput[i] *= layer.mask[i];
      }
    }
    if (activation == Activation.TANH) {
      for (int i = 0; i < n; i++) {
        dInput[i] *= 1 - layer.activated[i] * layer.activated[i];
      }
    } else if (activation == Activation.RELU) {
      for (int i = 0; i < n; i++) {
        dInput[i] = layer.activated[i] > 0 ? dInput[i] : 0;
      }
    }
  }
}
