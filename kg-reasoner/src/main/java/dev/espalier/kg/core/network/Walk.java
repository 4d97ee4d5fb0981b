package dev.espalier.kg.core.network;

import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.kernels.Activations;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** One step along all edges out of the frontier, with the attention of each. */
/*
 * s_uv = w_a . ReLU(W_s h_u + W_r e_r + W_qr e_rq + b) + b_a. The three products are computed once
 * per entity, per relation (for all queries) and per query, so an edge costs O(a). The dense part of
 * a new entity's update waits until the attention expert has chosen among the new entities.
 * The budget is asked inside the loop over edges.
 */
final class Walk {

  private static final int EDGES_BETWEEN_CLOCKS = 256;

  private final Kernels kernels;
  private final LongSupplier clock;

  Walk(Kernels kernels, LongSupplier clock) {
    this.kernels = kernels;
    this.clock = clock;
  }

  /**
   * @param allowance edges that may still be walked
   * @return false if the deadline passed
   */
  boolean along(
      Weights weights,
      BoundGraph bound,
      Frontier frontier,
      Layer layer,
      float[] states,
      int relation,
      Limits limits,
      long allowance) {
    KnowledgeGraph graph = bound.graph();
    HiddenEdges hidden = limits.hidden();
    ModelConfig config = weights.config();
    LayerOffsets at = weights.layout().layer(layer.number);
    float[] values = weights.values();
    int a = config.attentionDimension();
    int d = config.dimension();
    float[] relations = weights.relationAttention(layer.number);
    prepare(values, at, layer, states, relation, d, a);
    boolean mayGrow = layer.number <= limits.maxHops();
    float[] base = new float[a];
    for (int i = 0; i < layer.before; i++) {
      for (int j = 0; j < a; j++) {
        base[j] = layer.attention[i * a + j] + layer.query[j];
      }
      int self = weights.layout().selfLoop();
      layer.addEdge(i, self, i, logit(values, at, base, relations, self * a, a));
      int entity = frontier.entity(i);
      boolean touched = hidden.touches(entity);
      int first = graph.first(entity);
      int end = graph.end(entity);
      int stride = (end - first - 1) / limits.maxDegree() + 1;
      layer.capped |= stride > 1;
      for (int e = first; e < end; e += stride) {
        if (layer.walked >= allowance) {
          layer.capped = true;
          return true;
        }
        if (++layer.walked % EDGES_BETWEEN_CLOCKS == 0 && clock.getAsLong() > limits.deadline()) {
          return false;
        }
        int r = bound.toModel(graph.edgeRelation(e));
        int to = graph.edgeTarget(e);
        if (r < 0 || (touched && hidden.hides(entity, graph.edgeRelation(e), to))) {
          continue;
        }
        int place = frontier.index(to);
        if (place < 0 && !mayGrow) {
          continue;
        }
        float strength = logit(values, at, base, relations, r * a, a);
        if (place < 0) {
          place = frontier.add(to);
          meet(layer, place - layer.before);
        }
        if (place >= layer.before && strength > layer.strongest[place - layer.before]) {
          layer.strongest[place - layer.before] = strength;
        }
        layer.addEdge(i, r, place, strength);
      }
    }
    return true;
  }

  private void prepare(
      float[] values, LayerOffsets at, Layer layer, float[] states, int relation, int d, int a) {
    layer.attention = Layer.room(layer.attention, layer.before * a);
    kernels.multiply(
        layer.before,
        d,
        a,
        states,
        0,
        d,
        1,
        values,
        at.attentionSource(),
        layer.attention,
        0,
        false);
    System.arraycopy(values, at.attentionBias(), layer.query, 0, a);
    int row = at.relation() + relation * d;
    kernels.multiply(1, d, a, values, row, d, 1, values, at.attentionQuery(), layer.query, 0, true);
  }

  private static void meet(Layer layer, int candidate) {
    if (candidate == layer.strongest.length) {
      layer.strongest = Arrays.copyOf(layer.strongest, 2 * candidate);
    }
    layer.strongest[candidate] = Float.NEGATIVE_INFINITY;
    layer.arrived++;
  }

  private float logit(
      float[] values, LayerOffsets at, float[] base, float[] relations, int row, int a) {
    return values[at.attentionOutBias()]
        + kernels.rectifiedDot(a, values, at.attentionOut(), base, 0, relations, row);
  }

  /** alpha = sigmoid(s) of all edges that are left. */
  static void weigh(Layer layer) {
    System.arraycopy(layer.logit, 0, layer.alpha, 0, layer.edges);
    Activations.sigmoid(layer.edges, layer.alpha, 0);
  }
}
