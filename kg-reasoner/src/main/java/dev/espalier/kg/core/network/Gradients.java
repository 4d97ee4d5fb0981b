package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;

/** The sum of the gradients of several queries. */
public final class Gradients {

  private final ModelConfig config;
  private final ParameterLayout layout;
  private final float[] values;
  private final float[][] relationAttention;
  private final Balance balance;

  public Gradients(ModelConfig config, ParameterLayout layout) {
    this.config = config;
    this.layout = layout;
    this.values = new float[layout.size()];
    this.relationAttention =
        new float[config.layers()][layout.relationRows() * config.attentionDimension()];
    int[] outputs = new int[config.layers() + 1];
    Arrays.fill(outputs, ParameterLayout.EXPERTS);
    outputs[0] = config.lengthCount();
    this.balance = new Balance(outputs);
  }

  /** By parameter, once {@link #finish} was called. */
  public float[] values() {
    return values;
  }

  float[] relationAttention(int layer) {
    return relationAttention[layer - 1];
  }

  /** The use of the gates: 0 the lengths', l the pruning experts' at hop l. */
  public Balance balance() {
    return balance;
  }

  public void clear() {
    Arrays.fill(values, 0);
    for (float[] rows : relationAttention) {
      Arrays.fill(rows, 0);
    }
    balance.clear();
  }

  /** Adds another sum; called in a fixed order, so that rounding is reproducible. */
  public void add(Gradients other) {
    add(values, other.values);
    for (int l = 0; l < relationAttention.length; l++) {
      add(relationAttention[l], other.relationAttention[l]);
    }
    balance.add(other.balance);
  }

  /** Passes the gradients of e_r W_r on to both factors. */
  public void finish(Weights weights, TransposedWeights transposed, Kernels kernels) {
    int d = config.dimension();
    int a = config.attentionDimension();
    int rows = layout.relationRows();
    for (int l = 1; l <= config.layers(); l++) {
      LayerOffsets at = layout.layer(l);
      float[] gradient = relationAttention[l - 1];
      float[] back = transposed.attentionRelation(l);
      kernels.multiply(rows, a, d, gradient, 0, a, 1, back, 0, values, at.relation(), true);
      kernels.multiply(
          d,
          rows,
          a,
          weights.values(),
          at.relation(),
          1,
          d,
          gradient,
          0,
          values,
          at.attentionRelation(),
          true);
    }
  }

  private static void add(float[] to, float[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
