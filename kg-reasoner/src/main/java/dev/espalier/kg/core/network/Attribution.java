package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;

/**
 * What each edge of a walk contributes to the score of one entity: alpha times the gradient of the
 * score by alpha. Valid until the propagation runs again.
 */
public final class Attribution {

  private final Propagation forward;
  private final int selfLoop;

  private Attribution(Propagation forward, int selfLoop) {
    this.forward = forward;
    this.selfLoop = selfLoop;
  }

  /**
   * @param index of the entity in the walk
   */
  public static Attribution of(Propagation forward, Weights weights, Kernels kernels, int index) {
    float[] dScores = new float[forward.count()];
    dScores[index] = 1;
    new Backpropagation(weights.config(), kernels)
        .attribute(
            weights,
            new TransposedWeights(weights),
            forward,
            dScores,
            new Gradients(weights.config(), weights.layout()));
    return new Attribution(forward, selfLoop(weights));
  }

  private static int selfLoop(Weights weights) {
    return weights.layout().selfLoop();
  }

  public int hops() {
    return forward.completedHops();
  }

  /** The share of a length in the score, from 1. */
  public float lengthWeight(int hop) {
    return forward.lengths.weight(hop);
  }

  /** How many entities there were after a hop. */
  public int entities(int hop) {
    return forward.layers[hop - 1].nodes;
  }

  public int edges(int hop) {
    return forward.layers[hop - 1].edges;
  }

  public int source(int hop, int edge) {
    return forward.layers[hop - 1].source[edge];
  }

  public int target(int hop, int edge) {
    return forward.layers[hop - 1].target[edge];
  }

  /** The model's relation, inverses included. */
  public int relation(int hop, int edge) {
    return forward.layers[hop - 1].relation[edge];
  }

  public boolean isSelfLoop(int hop, int edge) {
    return relation(hop, edge) == selfLoop;
  }

  /**
   * The share of each edge in what its target received at a hop, among positive contributions; an
   * entity's previous state counts as received, too. In {@link #carried} is that share. Where
   * nothing contributed positively, as in a saturated state, attention says the share.
   */
  public float[] shares(int hop) {
    Layer layer = forward.layers[hop - 1];
    float[] totals = totals(layer);
    float[] attention = new float[layer.nodes];
    for (int e = 0; e < layer.edges; e++) {
      attention[layer.target[e]] += layer.alpha[e];
    }
    float[] shares = new float[layer.edges];
    for (int e = 0; e < layer.edges; e++) {
      int to = layer.target[e];
      shares[e] =
          totals[to] > 0
              ? Math.max(0, layer.contribution[e]) / totals[to]
              : attention[to] > 0 ? layer.alpha[e] / attention[to] : 0;
    }
    return shares;
  }

  /** The share that each entity kept of its state before the hop. */
  public float[] carried(int hop) {
    Layer layer = forward.layers[hop - 1];
    float[] totals = totals(layer);
    float[] shares = new float[layer.before];
    for (int i = 0; i < layer.before; i++) {
      shares[i] = totals[i] > 0 ? Math.max(0, layer.carried[i]) / totals[i] : 0;
    }
    return shares;
  }

  private static float[] totals(Layer layer) {
    float[] totals = new float[layer.nodes];
    Arrays.fill(totals, 0);
    for (int e = 0; e < layer.edges; e++) {
      totals[layer.target[e]] += Math.max(0, layer.contribution[e]);
    }
    for (int i = 0; i < layer.before; i++) {
      totals[i] += Math.max(0, layer.carried[i]);
    }
    return totals;
  }
}
