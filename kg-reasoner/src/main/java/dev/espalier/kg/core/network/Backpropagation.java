package dev.espalier.kg.core.network;

import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout.LayerOffsets;
import dev.espalier.kg.core.model.Weights;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The way back through a propagation, written by hand. The workspace of one thread. */
/*
 * From the scores to the lengths' heads and gate, then hop by hop: pruning experts
 * (PruningBackward), GRU and transform (UpdateBackward), messages and attention (WalkBackward). The
 * gradient of e_r W_r is collected per relation and split in Gradients.finish.
 */
public final class Backpropagation {

  private final ModelConfig config;
  private final Kernels kernels;
  private final PruningBackward pruning;
  private final UpdateBackward update;
  private final WalkBackward walk;
  private final float[] dFirst;
  private final float[] dLength;
  private final float[] dLoad;
  private float[] dState = new float[0];
  private float[] dPrevious = new float[0];

  public Backpropagation(ModelConfig config, Kernels kernels) {
    this.config = config;
    this.kernels = kernels;
    this.pruning = new PruningBackward(kernels);
    this.update = new UpdateBackward(kernels);
    this.walk = new WalkBackward(kernels);
    this.dFirst = new float[config.dimension()];
    this.dLength = new float[config.lengthCount()];
    this.dLoad = new float[config.lengthCount()];
  }

  /**
   * Adds the gradients of one query.
   *
   * @param dScores of the loss by the score of each entity, by index
   * @param before the sums of the last batch, or null for none
   * @param balanceFactor of the losses that even out the use of experts
   */
  public void run(
      Weights weights,
      TransposedWeights transposed,
      Propagation forward,
      float[] dScores,
      Gradients gradients,
      @Nullable Balance before,
      float balanceFactor) {
    back(weights, transposed, forward, dScores, gradients, before, balanceFactor, false);
  }

  /** Leaves at each edge what it contributes: alpha times the gradient by alpha. */
  void attribute(
      Weights weights,
      TransposedWeights transposed,
      Propagation forward,
      float[] dScores,
      Gradients scratch) {
    back(weights, transposed, forward, dScores, scratch, null, 0, true);
  }

  private void back(
      Weights weights,
      TransposedWeights transposed,
      Propagation forward,
      float[] dScores,
      Gradients gradients,
      @Nullable Balance before,
      float balanceFactor,
      boolean attribute) {
    int d = config.dimension();
    int last = forward.completedHops();
    if (last < config.firstScoredLayer()) {
      throw new IllegalStateException("a budget ended the walk before anything was scored");
    }
    lengthWeights(weights, forward, dScores, gradients, before, balanceFactor);
    int size = forward.count() * d;
    dState = Layer.room(dState, size);
    dPrevious = Layer.room(dPrevious, size);
    Arrays.fill(dState, 0, size, 0);
    for (int l = last; l >= 1; l--) {
      Layer layer = forward.layers[l - 1];
      LayerOffsets at = weights.layout().layer(l);
      float weight = forward.lengths.weight(l);
      if (weight != 0) {
        head(weights.values(), at, layer, dScores, weight, gradients.values());
      }
      if (l == config.firstScoredLayer()) {
        for (int j = 0; j < d; j++) {
          dState[j] += dFirst[j];
        }
      }
      if (layer.pruned) {
        pruning.run(weights, layer, forward.relation(), dState, gradients, before, balanceFactor);
      }
      Arrays.fill(dPrevious, 0, layer.before * d, 0);
      float[] states = forward.states(l - 1);
      float[] dAggregate =
          update.run(weights, transposed, layer, states, dState, dPrevious, gradients.values());
      if (attribute) {
        carried(layer, states, d);
      }
      walk.run(
          weights,
          transposed,
          layer,
          states,
          forward.relation(),
          dAggregate,
          layer.pruned ? pruning.dStrongest() : null,
          dPrevious,
          gradients,
          attribute);
      float[] swapped = dState;
      dState = dPrevious;
      dPrevious = swapped;
    }
  }

  private void lengthWeights(
      Weights weights,
      Propagation forward,
      float[] dScores,
      Gradients gradients,
      @Nullable Balance before,
      float balanceFactor) {
    Arrays.fill(dFirst, 0);
    if (!forward.lengths.asked()) {
      return;
    }
    int first = config.firstScoredLayer();
    for (int l = first; l <= config.layers(); l++) {
      Layer layer = forward.layers[l - 1];
      boolean used = forward.lengths.weight(l) != 0;
      dLength[l - first] = used ? kernels.dot(layer.nodes, layer.score, 0, dScores, 0) : 0;
    }
    NoisyTopKGate gate = forward.lengths.gate;
    evenOut(0, dLength, dLoad, before, balanceFactor);
    gradients.balance().add(0, gate.weight, gate.load);
    forward.lengths.backward(
        weights, forward.relation(), dLength, dLoad, gradients.values(), dFirst);
  }

  /** Adds the gradient of the balance losses to that by the weights, and sets that by the loads. */
  static void evenOut(
      int gate, float[] dWeight, float[] dLoad, @Nullable Balance before, float factor) {
    Arrays.fill(dLoad, 0);
    if (before == null || factor == 0) {
      return;
    }
    Balance.gradient(before.importance[gate], before.queries[gate], factor, dLoad);
    for (int i = 0; i < dWeight.length; i++) {
      dWeight[i] += dLoad[i];
    }
    Balance.gradient(before.load[gate], before.queries[gate], factor, dLoad);
  }

  private void head(
      float[] values,
      LayerOffsets at,
      Layer layer,
      float[] dScores,
      float weight,
      float[] gradients) {
    int d = config.dimension();
    for (int i = 0; i < layer.nodes; i++) {
      float dScore = weight * dScores[i];
      if (dScore != 0) {
        kernels.addScaled(d, dScore, values, at.score(), dState, i * d);
        kernels.addScaled(d, dScore, layer.state, i * d, gradients, at.score());
      }
    }
  }

  private void carried(Layer layer, float[] states, int d) {
    layer.carried = Layer.room(layer.carried, layer.before);
    for (int i = 0; i < layer.before; i++) {
      layer.carried[i] = kernels.dot(d, dPrevious, i * d, states, i * d);
    }
  }
}
