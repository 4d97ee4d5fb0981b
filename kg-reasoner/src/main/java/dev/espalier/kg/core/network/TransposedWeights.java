package dev.espalier.kg.core.network;

import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;

/** The matrices that the way back multiplies with, transposed. */
public final class TransposedWeights {

  private final ModelConfig config;
  private final float[] gruInput;
  private final float[] gruHidden;
  private final float[][] transform;
  private final float[][] attentionSource;
  private final float[][] attentionRelation;

  public TransposedWeights(Weights weights) {
    config = weights.config();
    int d = config.dimension();
    int a = config.attentionDimension();
    gruInput = new float[3 * d * d];
    gruHidden = new float[3 * d * d];
    transform = new float[config.layers()][d * d];
    attentionSource = new float[config.layers()][d * a];
    attentionRelation = new float[config.layers()][d * a];
    refresh(weights);
  }

  /** Follows a change of the weights. */
  public void refresh(Weights weights) {
    ParameterLayout layout = weights.layout();
    float[] values = weights.values();
    int d = config.dimension();
    int a = config.attentionDimension();
    transpose(values, layout.gruInput(), d, 3 * d, gruInput);
    transpose(values, layout.gruHidden(), d, 3 * d, gruHidden);
    for (int l = 1; l <= config.layers(); l++) {
      LayerOffsets at = layout.layer(l);
      transpose(values, at.transform(), d, d, transform[l - 1]);
      transpose(values, at.attentionSource(), d, a, attentionSource[l - 1]);
      transpose(values, at.attentionRelation(), d, a, attentionRelation[l - 1]);
    }
  }

  float[] gruInput() {
    return gruInput;
  }

  float[] gruHidden() {
    return gruHidden;
  }

  float[] transform(int layer) {
    return transform[layer - 1];
  }

  float[] attentionSource(int layer) {
    return attentionSource[layer - 1];
  }

  float[] attentionRelation(int layer) {
    return attentionRelation[layer - 1];
  }

  private static void transpose(float[] from, int offset, int rows, int columns, float[] to) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = from[offset + i * columns + j];
      }
    }
  }
}
