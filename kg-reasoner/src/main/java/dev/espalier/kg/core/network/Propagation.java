package dev.espalier.kg.core.network;

import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The workspace of one thread: walks outward from a query's entity and scores what it reaches.
 * Reused from query to query; what it holds belongs to the last one. Without noise the result
 * depends on nothing but model, graph, query and limits, as long as no deadline cuts it.
 */
/*
 * MoKGR on the base of RED-GNN and AdaProp: entities that were reached stay and are updated at every
 * hop, new ones pass the pruning experts, only relations have embeddings. An entity that was never
 * reached, or did not stay, scores 0. What a hop computed is kept in its Layer for the way back.
 */
public final class Propagation {

  private final ModelConfig config;
  final Layer[] layers;
  final Frontier frontier = new Frontier();
  final LengthExperts lengths;
  private final Walk walk;
  private final Update update;
  private final PruningExperts experts;
  private final StopGate stopGate = new StopGate();
  private final float[] origin;
  private float[] scores = new float[0];
  private int completed;
  private int relation;
  private boolean isComplete;
  private boolean isWithinBudget;

  public Propagation(ModelConfig config, Kernels kernels, LongSupplier nanoClock) {
    this.config = config;
    this.layers = new Layer[config.layers()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new Layer(l + 1, config);
    }
    this.lengths = new LengthExperts(config, kernels);
    this.walk = new Walk(kernels, nanoClock);
    this.update = new Update(kernels, nanoClock);
    this.experts = new PruningExperts(kernels);
    this.origin = new float[config.dimension()];
  }

  /**
   * Answers (entity, relation, ?).
   *
   * @param relation the model's id, inverses included
   * @param noise of a training query, or null
   */
  public void run(
      Weights weights,
      BoundGraph graph,
      int entity,
      int relation,
      Limits limits,
      @Nullable Noise noise) {
    this.relation = relation;
    frontier.reset(graph.graph().entityCount(), entity);
    stopGate.reset();
    completed = 0;
    isComplete = limits.maxHops() >= layers.length;
    isWithinBudget = true;
    long allowance = limits.maxEdges();
    for (int l = 1; l <= layers.length; l++) {
      Layer layer = layers[l - 1];
      layer.clear(frontier.count());
      float[] states = states(l - 1);
      if (!walk.along(weights, graph, frontier, layer, states, relation, limits, allowance)
          || !grow(weights, layer, states, limits, noise)) {
        frontier.truncate(layer.before);
        isWithinBudget = false;
        break;
      }
      completed = l;
      allowance -= layer.walked;
      isComplete &= !layer.capped && layer.nodes - layer.before == layer.arrived;
      isWithinBudget = allowance > 0 || l == layers.length && !layer.capped;
      if (allowance <= 0 || (noise == null && stops(layer))) {
        break;
      }
    }
    isComplete &= completed == layers.length;
    score(weights, noise);
  }

  private boolean grow(
      Weights weights, Layer layer, float[] states, Limits limits, @Nullable Noise noise) {
    int keep = config.schedule().keep(layer.number, layers.length, limits.keep());
    experts.prefilter(weights, frontier, layer, keep);
    Walk.weigh(layer);
    if (!update.of(weights, layer, states, noise, limits.deadline())) {
      return false;
    }
    experts.decide(weights, frontier, layer, relation, keep, noise);
    return true;
  }

  private boolean stops(Layer layer) {
    float bar = config.lengths().stopBelow();
    return bar > 0
        && stopGate.change(layer, config.dimension()) < bar
        && layer.number >= config.firstScoredLayer();
  }

  private void score(Weights weights, @Nullable Noise noise) {
    int count = frontier.count();
    scores = Layer.room(scores, count);
    Arrays.fill(scores, 0, count, 0);
    int first = config.firstScoredLayer();
    if (completed >= first) {
      lengths.forward(weights, layers, relation, completed, noise);
      for (int l = first; l <= completed; l++) {
        float weight = lengths.weight(l);
        Layer layer = layers[l - 1];
        for (int i = 0; weight != 0 && i < layer.nodes; i++) {
          scores[i] += weight * layer.score[i];
        }
      }
    } else if (completed > 0) {
      headless(weights, first);
    }
  }

  /** The budget ended before the first scored hop: its head judges the states there are. */
  private void headless(Weights weights, int first) {
    int d = config.dimension();
    Layer layer = layers[completed - 1];
    int head = weights.layout().layer(first).score();
    for (int i = 0; i < layer.nodes; i++) {
      for (int j = 0; j < d; j++) {
        scores[i] += layer.state[i * d + j] * weights.values()[head + j];
      }
    }
  }

  /** The states after a hop; of the query's entity alone, and 0, before the first. */
  float[] states(int layer) {
    return layer == 0 ? origin : layers[layer - 1].state;
  }

  int relation() {
    return relation;
  }

  /** How many entities were reached and stayed; the first is the query's. */
  public int count() {
    return frontier.count();
  }

  public int entity(int index) {
    return frontier.entity(index);
  }

  /** The index of an entity, or -1 if it was not reached or did not stay; its score is then 0. */
  public int index(int entity) {
    return frontier.index(entity);
  }

  public float score(int index) {
    return scores[index];
  }

  /** The hops that were completed within the limits. */
  public int completedHops() {
    return completed;
  }

  /** Whether nothing was left out: no pruning, no cap, no budget, all hops. */
  public boolean isComplete() {
    return isComplete;
  }

  /** Whether neither deadline nor edge budget ended the walk. */
  public boolean isWithinBudget() {
    return isWithinBudget;
  }

  /** The weight of each length from 1 on; all 0 if no scored hop was completed. */
  public float[] lengthWeights() {
    float[] weights = new float[layers.length];
    for (int l = 1; l <= completed; l++) {
      weights[l - 1] = completed < config.firstScoredLayer() ? 0 : lengths.weight(l);
    }
    return weights;
  }

  /**
   * The triples that each completed hop went along to an entity that stayed, as the graph has them.
   */
  public List<List<Triple>> walked(BoundGraph graph) {
    List<List<Triple>> walked = new ArrayList<>();
    for (int l = 0; l < completed; l++) {
      walked.add(layers[l].triples(frontier, graph));
    }
    return walked;
  }

  public List<Hop> hops() {
    List<Hop> hops = new ArrayList<>();
    for (int l = 0; l < completed; l++) {
      Layer layer = layers[l];
      hops.add(new Hop(layer.arrived, layer.nodes - layer.before, layer.walked, layer.capped));
    }
    return hops;
  }
}
