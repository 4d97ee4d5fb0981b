package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ModelConfig.Pruning;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decides which of a hop's new entities stay. */
/*
 * MoKGR's three experts: attention (the strongest incoming s_uv), score (s_l(v)) and semantic (the
 * cosine of h_v and e_rq, over a temperature of .1). A gate on (h_q || e_rq) weighs them per query
 * and hop; each of the best two keeps its top K_l, and the union stays.
 *
 * Deviations. (1) The attention expert runs first, on logits that the walk has computed anyway, and
 * leaves prefilter * K entities to the dense work and the other experts. (2) An entity that stays is
 * not scaled by the weights of the experts that kept it: it would change what a score means from hop
 * to hop. The straight-through factor 1 + m - stop(m), m = sum_e g_e softmax(phi_e)(v), is 1 going
 * forward and trains experts and gate going back. (3) Entities that do not stay enter that softmax
 * as constants. In training Gumbel noise is added to every phi.
 */
final class PruningExperts {

  static final int ATTENTION = 0;
  static final int SCORE = 1;
  static final int SEMANTIC = 2;
  static final float SEMANTIC_TEMPERATURE = 0.1f;

  private final Kernels kernels;
  private final TopK topK = new TopK();
  private final float[][] phi = new float[ParameterLayout.EXPERTS][0];
  private boolean[] stays = new boolean[0];
  private int[] moved = new int[0];

  PruningExperts(Kernels kernels) {
    this.kernels = kernels;
  }

  /** The attention expert's choice before any dense work. */
  void prefilter(Weights weights, Frontier frontier, Layer layer, int keep) {
    ModelConfig config = weights.config();
    Pruning experts = config.pruning();
    boolean alone = !experts.score() && !experts.semantic();
    int most = alone ? keep : Math.multiplyExact(keep, config.prefilter());
    layer.survivors = layer.arrived;
    if (experts.attention() && layer.arrived > most) {
      clearMarks(layer.arrived);
      topK.mark(layer.strongest, layer.arrived, most, stays);
      frontier.retain(layer.before, stays, moved);
      layer.retainRows(layer.strongest, 1, moved, 0, layer.arrived);
      layer.retainEdges(moved);
      layer.survivors = most;
    }
    layer.nodes = frontier.count();
  }

  /** The decision of all experts, on the new states. */
  void decide(
      Weights weights,
      Frontier frontier,
      Layer layer,
      int relation,
      int keep,
      @Nullable Noise noise) {
    ModelConfig config = weights.config();
    int count = layer.nodes - layer.before;
    if (!config.pruning().any() || layer.arrived <= keep || count == 0) {
      return;
    }
    boolean perturbed = noise != null && noise.perturbs();
    layer.pruned = true;
    int d = config.dimension();
    LayerOffsets at = weights.layout().layer(layer.number);
    int rq = at.relation() + relation * d;
    weighExperts(weights, layer, at, rq, noise);
    clearMarks(count);
    for (int expert = 0; expert < ParameterLayout.EXPERTS; expert++) {
      if (layer.gate.weight[expert] > 0) {
        phi[expert] = Layer.room(phi[expert], count);
        rate(expert, weights, layer, rq, count);
        if (noise != null && perturbed) {
          for (int i = 0; i < count; i++) {
            phi[expert][i] += noise.gumbel();
          }
        }
        topK.mark(phi[expert], count, keep, stays);
        layer.share[expert] = Layer.room(layer.share[expert], count);
        softmax(phi[expert], layer.share[expert], count);
      }
    }
    close(frontier, layer, count, d);
  }

  private static void weighExperts(
      Weights weights, Layer layer, LayerOffsets at, int rq, @Nullable Noise noise) {
    ModelConfig config = weights.config();
    Pruning experts = config.pruning();
    int d = config.dimension();
    NoisyTopKGate gate = layer.gate;
    gate.allow(ATTENTION, experts.attention());
    gate.allow(SCORE, experts.score());
    gate.allow(SEMANTIC, experts.semantic());
    System.arraycopy(layer.state, 0, gate.input, 0, d);
    System.arraycopy(weights.values(), rq, gate.input, d, d);
    gate.forward(weights.values(), at.gate(), at.gateNoise(), experts.decide(), 1, noise);
  }

  private void rate(int expert, Weights weights, Layer layer, int rq, int count) {
    int d = weights.config().dimension();
    float[] values = weights.values();
    float[] rating = phi[expert];
    if (expert == ATTENTION) {
      System.arraycopy(layer.strongest, 0, rating, 0, count);
    } else if (expert == SCORE) {
      System.arraycopy(layer.score, layer.before, rating, 0, count);
    } else {
      float relation = norm(kernels.dot(d, values, rq, values, rq));
      for (int i = 0; i < count; i++) {
        int row = (layer.before + i) * d;
        float length = norm(kernels.dot(d, layer.state, row, layer.state, row));
        rating[i] =
            kernels.dot(d, layer.state, row, values, rq)
                / (length * relation * SEMANTIC_TEMPERATURE);
      }
    }
  }

  static float norm(float square) {
    return (float) Math.sqrt(square) + 1e-6f;
  }

  private static void softmax(float[] from, float[] to, int n) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, from[i]);
    }
    float sum = 0;
    for (int i = 0; i < n; i++) {
      to[i] = (float) Math.exp(from[i] - most);
      sum += to[i];
    }
    for (int i = 0; i < n; i++) {
      to[i] /= sum;
    }
  }

  private void clearMarks(int count) {
    if (stays.length < count) {
      stays = new boolean[2 * count];
      moved = new int[2 * count];
    }
    Arrays.fill(stays, 0, count, false);
  }

  /** Closes the gaps that the entities leave which do not stay. */
  private void close(Frontier frontier, Layer layer, int count, int d) {
    frontier.retain(layer.before, stays, moved);
    layer.retainEdges(moved);
    int from = layer.before;
    layer.retainRows(layer.strongest, 1, moved, 0, count);
    layer.retainRows(layer.aggregate, d, moved, from, count);
    layer.retainRows(layer.mask, d, moved, from, count);
    layer.retainRows(layer.activated, d, moved, from, count);
    layer.retainRows(layer.input, d, moved, from, count);
    layer.retainRows(layer.gates, 3 * d, moved, from, count);
    layer.retainRows(layer.hidden, d, moved, from, count);
    layer.retainRows(layer.state, d, moved, from, count);
    layer.retainRows(layer.score, 1, moved, from, count);
    for (int expert = 0; expert < ParameterLayout.EXPERTS; expert++) {
      if (layer.gate.weight[expert] > 0) {
        layer.retainRows(layer.share[expert], 1, moved, 0, count);
      }
    }
    layer.nodes = frontier.count();
  }
}
