package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way back through messages and attention, edge by edge. */
final class WalkBackward {

  private final Kernels kernels;
  private float[] dAttention = new float[0];
  private float[] dQuery = new float[0];

  WalkBackward(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Adds to the gradients of parameters and of the states before.
   *
   * @param dStrongest by the strongest logit of each new entity; consumed
   * @param attribute whether to note what each edge contributes
   */
  void run(
      Weights weights,
      TransposedWeights transposed,
      Layer layer,
      float[] states,
      int relation,
      float[] dAggregate,
      float @Nullable [] dStrongest,
      float[] dPrevious,
      Gradients gradients,
      boolean attribute) {
    int d = weights.config().dimension();
    int a = weights.config().attentionDimension();
    LayerOffsets at = weights.layout().layer(layer.number);
    float[] values = weights.values();
    float[] sums = gradients.values();
    dAttention = Layer.room(dAttention, layer.before * a);
    Arrays.fill(dAttention, 0, layer.before * a, 0);
    dQuery = Layer.room(dQuery, a);
    Arrays.fill(dQuery, 0);
    if (attribute) {
      layer.contribution = Layer.room(layer.contribution, layer.edges);
    }
    for (int e = 0; e < layer.edges; e++) {
      int to = layer.target[e] * d;
      int from = layer.source[e] * d;
      int row = at.relation() + layer.relation[e] * d;
      float alpha = layer.alpha[e];
      float dAlpha = kernels.dotSum(d, dAggregate, to, states, from, values, row);
      if (attribute) {
        layer.contribution[e] = alpha * dAlpha;
      }
      kernels.addScaled(d, alpha, dAggregate, to, dPrevious, from);
      kernels.addScaled(d, alpha, dAggregate, to, sums, row);
      float dLogit = dAlpha * alpha * (1 - alpha);
      int fresh = layer.target[e] - layer.before;
      if (dStrongest != null && fresh >= 0 && layer.logit[e] == layer.strongest[fresh]) {
        dLogit += dStrongest[fresh];
        dStrongest[fresh] = 0;
      }
      logit(weights, layer, at, e, dLogit, a, gradients);
    }
    kernels.addScaled(a, 1, dQuery, 0, sums, at.attentionBias());
    int rq = at.relation() + relation * d;
    for (int i = 0; i < d; i++) {
      kernels.addScaled(a, values[rq + i], dQuery, 0, sums, at.attentionQuery() + i * a);
      sums[rq + i] += kernels.dot(a, values, at.attentionQuery() + i * a, dQuery, 0);
    }
    kernels.multiply(
        d, layer.before, a, states, 0, 1, d, dAttention, 0, sums, at.attentionSource(), true);
    kernels.multiply(
        layer.before,
        a,
        d,
        dAttention,
        0,
        a,
        1,
        transposed.attentionSource(layer.number),
        0,
        dPrevious,
        0,
        true);
  }

  private void logit(
      Weights weights,
      Layer layer,
      LayerOffsets at,
      int edge,
      float dLogit,
      int a,
      Gradients gradients) {
    float[] values = weights.values();
    float[] sums = gradients.values();
    float[] relations = weights.relationAttention(layer.number);
    float[] dRelations = gradients.relationAttention(layer.number);
    int row = layer.relation[edge] * a;
    int source = layer.source[edge] * a;
    for (int j = 0; j < a; j++) {
      float hidden = layer.attention[source + j] + layer.query[j] + relations[row + j];
      float positive = hidden > 0 ? 1 : 0;
      float dHidden = positive * dLogit * values[at.attentionOut() + j];
      sums[at.attentionOut() + j] += positive * dLogit * hidden;
      dAttention[source + j] += dHidden;
      dRelations[row + j] += dHidden;
      dQuery[j] += dHidden;
    }
    sums[at.attentionOutBias()] += dLogit;
  }
}
