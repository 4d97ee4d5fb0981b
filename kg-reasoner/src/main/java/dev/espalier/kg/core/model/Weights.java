package dev.espalier.kg.core.model;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.ParameterLayout.Tensor;
import java.util.SplittableRandom;

/**
 * The parameters in one array, and what is computed from them once for all queries. Shared by
 * threads as long as nobody changes them.
 */
public final class Weights {

  private final ModelConfig config;
  private final ParameterLayout layout;
  private final float[] values;
  private final float[][] relationAttention;

  /**
   * @param values kept, not copied; after a change call {@link #refresh}
   */
  public Weights(ModelConfig config, int relations, float[] values, Kernels kernels) {
    this.config = config;
    this.layout = new ParameterLayout(config, relations);
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "the model has " + layout.size() + " parameters, not " + values.length);
    }
    this.values = values;
    this.relationAttention =
        new float[config.layers()][layout.relationRows() * config.attentionDimension()];
    refresh(kernels);
  }

  /**
   * Random parameters: embeddings from the standard normal distribution, linear maps uniform within
   * 1 / sqrt(inputs), the noise of the gates 0.
   */
  public static float[] initial(ModelConfig config, int relations, long seed) {
    ParameterLayout layout = new ParameterLayout(config, relations);
    float[] values = new float[layout.size()];
    SplittableRandom random = new SplittableRandom(seed);
    for (Tensor tensor : layout.tensors()) {
      boolean zero = tensor.name().endsWith("noise");
      double bound = tensor.fanIn() == 0 ? 0 : 1 / Math.sqrt(tensor.fanIn());
      for (int i = 0; i < tensor.size(); i++) {
        double value = tensor.fanIn() == 0 ? normal(random) : bound * (2 * random.nextDouble() - 1);
        values[tensor.offset() + i] = zero ? 0 : (float) value;
      }
    }
    return values;
  }

  /** Recomputes what depends on the values: the attention's part of every relation, e_r W_r. */
  public void refresh(Kernels kernels) {
    int d = config.dimension();
    int a = config.attentionDimension();
    for (int l = 1; l <= config.layers(); l++) {
      LayerOffsets at = layout.layer(l);
      kernels.multiply(
          layout.relationRows(),
          d,
          a,
          values,
          at.relation(),
          d,
          1,
          values,
          at.attentionRelation(),
          relationAttention[l - 1],
          0,
          false);
    }
  }

  public ModelConfig config() {
    return config;
  }

  public ParameterLayout layout() {
    return layout;
  }

  public float[] values() {
    return values;
  }

  /**
   * e_r W_r of a layer, a row of the attention's dimension per relation.
   *
   * @param layer from 1
   */
  public float[] relationAttention(int layer) {
    return relationAttention[layer - 1];
  }

  private static double normal(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
