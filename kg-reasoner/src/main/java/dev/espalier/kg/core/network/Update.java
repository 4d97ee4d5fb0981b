package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Activations;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Activation;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The new states of all entities that a hop reached. */
/*
 * m_uv = alpha (h_u + e_r); z_v = act(W_h sum m_uv); h_v = GRU(dropout(z_v), previous h_v or 0), one
 * GRU for all hops: r = sigmoid(z W_ir + b_ir + h W_hr + b_hr), u likewise, n = tanh(z W_in + b_in +
 * r (h W_hn + b_hn)), h' = (1 - u) n + u h. 7 d^2 multiplications an entity, 4 d^2 for a new one,
 * whose previous state is 0. Rows are done in pieces so that a deadline is noticed in time.
 */
final class Update {

  private static final int PIECE = 32;

  private final Kernels kernels;
  private final LongSupplier clock;
  private float[] ofHidden = new float[0];

  Update(Kernels kernels, LongSupplier clock) {
    this.kernels = kernels;
    this.clock = clock;
  }

  /**
   * @return false if the deadline passed
   */
  boolean of(Weights weights, Layer layer, float[] states, @Nullable Noise noise, long deadline) {
    ModelConfig config = weights.config();
    int d = config.dimension();
    LayerOffsets at = weights.layout().layer(layer.number);
    aggregate(weights, at, layer, states, d);
    makeRoom(layer, d);
    layer.masked = noise != null && noise.drops();
    if (noise != null && layer.masked) {
      noise.mask(layer.mask, layer.nodes * d);
    }
    ofHidden = Layer.room(ofHidden, PIECE * 3 * d);
    for (int from = 0; from < layer.nodes; from += PIECE) {
      if (deadline != Long.MAX_VALUE && clock.getAsLong() > deadline) {
        return false;
      }
      int rows = Math.min(PIECE, layer.nodes - from);
      transform(weights, at, layer, config.activation(), from, rows);
      gates(weights, layer, states, from, rows);
      for (int i = from; i < from + rows; i++) {
        layer.score[i] = kernels.dot(d, layer.state, i * d, weights.values(), at.score());
      }
    }
    return true;
  }

  private void aggregate(Weights weights, LayerOffsets at, Layer layer, float[] states, int d) {
    layer.aggregate = Layer.room(layer.aggregate, layer.nodes * d);
    Arrays.fill(layer.aggregate, 0, layer.nodes * d, 0);
    float[] values = weights.values();
    for (int e = 0; e < layer.edges; e++) {
      kernels.addScaledSum(
          d,
          layer.alpha[e],
          states,
          layer.source[e] * d,
          values,
          at.relation() + layer.relation[e] * d,
          layer.aggregate,
          layer.target[e] * d);
    }
  }

  private static void makeRoom(Layer layer, int d) {
    int size = layer.nodes * d;
    layer.mask = Layer.room(layer.mask, size);
    layer.activated = Layer.room(layer.activated, size);
    layer.input = Layer.room(layer.input, size);
    layer.gates = Layer.room(layer.gates, 3 * size);
    layer.hidden = Layer.room(layer.hidden, size);
    layer.state = Layer.room(layer.state, size);
    layer.score = Layer.room(layer.score, layer.nodes);
  }

  private void transform(
      Weights weights, LayerOffsets at, Layer layer, Activation activation, int from, int rows) {
    int d = weights.config().dimension();
    float[] z = layer.activated;
    kernels.multiply(
        rows,
        d,
        d,
        layer.aggregate,
        from * d,
        d,
        1,
        weights.values(),
        at.transform(),
        z,
        from * d,
        false);
    int end = (from + rows) * d;
    if (activation == Activation.TANH) {
      Activations.tanh(rows * d, z, from * d);
    } else if (activation == Activation.RELU) {
      for (int i = from * d; i < end; i++) {
        z[i] = Math.max(0, z[i]);
      }
    }
    if (layer.masked) {
      for (int i = from * d; i < end; i++) {
        layer.input[i] = z[i] * layer.mask[i];
      }
    } else {
      System.arraycopy(z, from * d, layer.input, from * d, rows * d);
    }
  }

  private void gates(Weights weights, Layer layer, float[] states, int from, int rows) {
    int d = weights.config().dimension();
    ParameterLayout layout = weights.layout();
    float[] values = weights.values();
    float[] gates = layer.gates;
    for (int i = from; i < from + rows; i++) {
      System.arraycopy(values, layout.gruInputBias(), gates, i * 3 * d, 3 * d);
      System.arraycopy(values, layout.gruHiddenBias(), ofHidden, (i - from) * 3 * d, 3 * d);
    }
    kernels.multiply(
        rows,
        d,
        3 * d,
        layer.input,
        from * d,
        d,
        1,
        values,
        layout.gruInput(),
        gates,
        from * 3 * d,
        true);
    int old = Math.min(rows, layer.before - from);
    if (old > 0) {
      kernels.multiply(
          old, d, 3 * d, states, from * d, d, 1, values, layout.gruHidden(), ofHidden, 0, true);
    }
    for (int i = from; i < from + rows; i++) {
      cell(layer, states, i, (i - from) * 3 * d, d);
    }
  }

  private void cell(Layer layer, float[] states, int i, int hidden, int d) {
    float[] gates = layer.gates;
    int at = i * 3 * d;
    for (int j = 0; j < 2 * d; j++) {
      gates[at + j] += ofHidden[hidden + j];
    }
    Activations.sigmoid(2 * d, gates, at);
    int candidate = at + 2 * d;
    for (int j = 0; j < d; j++) {
      float part = ofHidden[hidden + 2 * d + j];
      layer.hidden[i * d + j] = part;
      gates[candidate + j] += gates[at + j] * part;
    }
    Activations.tanh(d, gates, candidate);
    if (i < layer.before) {
      for (int j = 0; j < d; j++) {
        float keep = gates[at + d + j];
        layer.state[i * d + j] = (1 - keep) * gates[candidate + j] + keep * states[i * d + j];
      }
    } else {
      for (int j = 0; j < d; j++) {
        layer.state[i * d + j] = (1 - gates[at + d + j]) * gates[candidate + j];
      }
    }
  }
}
