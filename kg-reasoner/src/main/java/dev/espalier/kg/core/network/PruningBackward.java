package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The straight-through gradient of the pruning experts. */
/*
 * h' = h (1 + m - stop(m)), so dL/dm_v = <dL/dh_v, h_v> = G_v, and m_v = sum_e g_e p_e(v) with p_e a
 * softmax of phi_e: dg_e = sum_v G_v p_e(v), dphi_e(v) = p_e(v) g_e (G_v - sum_u p_e(u) G_u).
 */
final class PruningBackward {

  private final Kernels kernels;
  private final float[] dWeight = new float[ParameterLayout.EXPERTS];
  private final float[] dLoad = new float[ParameterLayout.EXPERTS];
  private float[] worth = new float[0];
  private float[] dPhi = new float[0];
  private float[] dStrongest = new float[0];
  private float[] dContext = new float[0];

  PruningBackward(Kernels kernels) {
    this.kernels = kernels;
  }

  /** Of the last run: the gradient by the strongest logit of each new entity. */
  float[] dStrongest() {
    return dStrongest;
  }

  void run(
      Weights weights,
      Layer layer,
      int relation,
      float[] dState,
      Gradients gradients,
      @Nullable Balance before,
      float balanceFactor) {
    int d = weights.config().dimension();
    int count = layer.nodes - layer.before;
    LayerOffsets at = weights.layout().layer(layer.number);
    int rq = at.relation() + relation * d;
    worth = Layer.room(worth, count);
    dPhi = Layer.room(dPhi, count);
    dStrongest = Layer.room(dStrongest, count);
    Arrays.fill(dStrongest, 0, count, 0);
    for (int i = 0; i < count; i++) {
      int row = (layer.before + i) * d;
      worth[i] = kernels.dot(d, dState, row, layer.state, row);
    }
    for (int expert = 0; expert < ParameterLayout.EXPERTS; expert++) {
      float weight = layer.gate.weight[expert];
      dWeight[expert] = 0;
      if (weight > 0) {
        float[] share = layer.share[expert];
        dWeight[expert] = kernels.dot(count, share, 0, worth, 0);
        for (int i = 0; i < count; i++) {
          dPhi[i] = weight * share[i] * (worth[i] - dWeight[expert]);
        }
        pass(expert, weights, layer, at, rq, count, dState, gradients.values());
      }
    }
    Backpropagation.evenOut(layer.number, dWeight, dLoad, before, balanceFactor);
    gradients.balance().add(layer.number, layer.gate.weight, layer.gate.load);
    dContext = Layer.room(dContext, 2 * d);
    Arrays.fill(dContext, 0);
    layer.gate.backward(
        weights.values(), at.gate(), at.gateNoise(), dWeight, dLoad, gradients.values(), dContext);
    kernels.addScaled(d, 1, dContext, 0, dState, 0);
    kernels.addScaled(d, 1, dContext, d, gradients.values(), rq);
  }

  private void pass(
      int expert,
      Weights weights,
      Layer layer,
      LayerOffsets at,
      int rq,
      int count,
      float[] dState,
      float[] gradients) {
    if (expert == PruningExperts.ATTENTION) {
      System.arraycopy(dPhi, 0, dStrongest, 0, count);
    } else if (expert == PruningExperts.SCORE) {
      int d = weights.config().dimension();
      for (int i = 0; i < count; i++) {
        int row = (layer.before + i) * d;
        kernels.addScaled(d, dPhi[i], weights.values(), at.score(), dState, row);
        kernels.addScaled(d, dPhi[i], layer.state, row, gradients, at.score());
      }
    } else {
      cosine(weights, layer, rq, count, dState, gradients);
    }
  }

  /** d cos(x, y) / dx = y / (|x| |y|) - cos x / |x|^2, and the same with x and y exchanged. */
  private void cosine(
      Weights weights, Layer layer, int rq, int count, float[] dState, float[] gradients) {
    int d = weights.config().dimension();
    float[] values = weights.values();
    float relation = PruningExperts.norm(kernels.dot(d, values, rq, values, rq));
    for (int i = 0; i < count; i++) {
      int row = (layer.before + i) * d;
      float length = PruningExperts.norm(kernels.dot(d, layer.state, row, layer.state, row));
      float cosine = kernels.dot(d, layer.state, row, values, rq) / (length * relation);
      float slope = dPhi[i] / PruningExperts.SEMANTIC_TEMPERATURE;
      float cross = slope / (length * relation);
      kernels.addScaled(d, cross, values, rq, dState, row);
      kernels.addScaled(d, -slope * cosine / (length * length), layer.state, row, dState, row);
      kernels.addScaled(d, cross, layer.state, row, gradients, rq);
      kernels.addScaled(d, -slope * cosine / (relation * relation), values, rq, gradients, rq);
    }
  }
}
