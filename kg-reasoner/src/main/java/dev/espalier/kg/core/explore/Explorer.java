package dev.espalier.kg.core.explore;

import dev.espalier.kg.core.evaluate.Rank;
import dev.espalier.kg.core.evaluate.Rank.Ties;
import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.network.Limits;
import dev.espalier.kg.core.network.Propagation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Answers queries with one model, from any thread. Keeps a workspace per concurrent query: four
 * bytes per entity of the largest graph, and the states of the last walk.
 */
public final class Explorer {

  private final ReasoningModel model;
  private final Weights weights;
  private final Kernels kernels;
  private final LongSupplier nanoClock;
  private final int keep;
  private final ConcurrentLinkedQueue<Propagation> workspaces;

  public Explorer(ReasoningModel model, Kernels kernels, LongSupplier nanoClock) {
    this(model, kernels, nanoClock, model.config().keep());
  }

  /**
   * @param keep new entities that a pruning expert keeps at a hop, in place of the model's number
   */
  public Explorer(ReasoningModel model, Kernels kernels, LongSupplier nanoClock, int keep) {
    this(
        model,
        new Weights(model.config(), model.relations().size(), model.parameters(), kernels),
        kernels,
        nanoClock,
        keep,
        new ConcurrentLinkedQueue<>());
  }

  private Explorer(
      ReasoningModel model,
      Weights weights,
      Kernels kernels,
      LongSupplier nanoClock,
      int keep,
      ConcurrentLinkedQueue<Propagation> workspaces) {
    this.model = model;
    this.weights = weights;
    this.kernels = kernels;
    this.nanoClock = nanoClock;
    this.keep = keep;
    this.workspaces = workspaces;
  }

  /** The same with other probabilities; shares weights and workspaces with this one. */
  public Explorer with(Calibration calibration) {
    return new Explorer(model.with(calibration), weights, kernels, nanoClock, keep, workspaces);
  }

  public ReasoningModel model() {
    return model;
  }

  /** A graph seen through this model's relations; costs one pass over its edges. */
  public BoundGraph bind(KnowledgeGraph graph) {
    return BoundGraph.of(graph, model.relations());
  }

  /**
   * Ranks what the walk reaches. Deterministic, unless the time budget cuts it.
   *
   * @param graph made by {@link #bind}
   * @throws IllegalArgumentException if the model does not know the relation
   */
  public Answers answer(BoundGraph graph, Query query) {
    return within(
        forward -> {
          long start = nanoClock.getAsLong();
          walk(forward, graph, query, start);
          return answers(forward, graph.graph(), query, start);
        });
  }

  /**
   * Judges whether a triple is true, by what else is in the graph.
   *
   * @param query by the triple's head; k counter-candidates
   * @throws IllegalArgumentException if the model does not know the relation
   */
  public Verification verify(BoundGraph graph, Query query, int tail) {
    KnowledgeGraph walked = graph.graph();
    Query blind = query.hiding(HiddenEdges.of(walked, query.entity(), query.relation(), tail));
    return within(
        forward -> {
          long start = nanoClock.getAsLong();
          walk(forward, graph, blind, start);
          int at = forward.index(tail);
          double score = at < 0 ? 0 : forward.score(at);
          double total = logSumExp(forward, walked.entityCount());
          int[] known = walked.tails(query.entity(), query.relation());
          Rank rank = Rank.of(forward, walked.entityCount(), tail, known);
          return new Verification(
              at >= 0,
              score,
              model.calibration().probability(score, score - total),
              Arrays.binarySearch(known, tail) >= 0,
              rank.value(Ties.MEAN),
              answers(forward, walked, blind, start));
        });
  }

  /** Lends a workspace that holds the walk of a query, to look closer at it. */
  public <T> T inspect(BoundGraph graph, Query query, WalkInspector<T> inspector) {
    return within(
        forward -> {
          walk(forward, graph, query, nanoClock.getAsLong());
          return inspector.inspect(forward, weights);
        });
  }

  public Kernels kernels() {
    return kernels;
  }

  private void walk(Propagation forward, BoundGraph graph, Query query, long start) {
    int relation = graph.toModel(query.relation());
    if (relation < 0) {
      throw new IllegalArgumentException("the model does not know the relation");
    }
    Limits limits =
        new Limits(
            keep,
            query.maxHops(),
            query.budget().edges(),
            Limits.DEFAULT_MAX_DEGREE,
            query.budget().deadline(start),
            query.hidden());
    forward.run(weights, graph, query.entity(), relation, limits, null);
  }

  private Answers answers(Propagation forward, KnowledgeGraph graph, Query query, long start) {
    int[] known = graph.tails(query.entity(), query.relation());
    double total = logSumExp(forward, graph.entityCount());
    PriorityQueue<Answer> best = new PriorityQueue<>(Answer.BEST_FIRST.reversed());
    for (int i = 0; forward.completedHops() > 0 && i < forward.count(); i++) {
      double score = forward.score(i);
      Answer worst = best.peek();
      if (best.size() >= query.k() && worst != null && score < worst.score()) {
        continue;
      }
      boolean isKnown = Arrays.binarySearch(known, forward.entity(i)) >= 0;
      if (isKnown && query.excludesKnown()) {
        continue;
      }
      double probability = model.calibration().probability(score, score - total);
      best.add(new Answer(forward.entity(i), score, score - total, probability, isKnown, 0));
      if (best.size() > query.k()) {
        best.poll();
      }
    }
    float[] lengths = forward.lengthWeights();
    List<Double> weightOfLength = new ArrayList<>();
    for (float weight : lengths) {
      weightOfLength.add((double) weight);
    }
    return new Answers(
        Answers.ranked(best),
        weightOfLength,
        forward.hops(),
        forward.isComplete(),
        forward.isWithinBudget(),
        nanoClock.getAsLong() - start);
  }

  /** Over all entities; those that were not reached score 0. */
  static double logSumExp(Propagation forward, int entities) {
    double most = 0;
    for (int i = 0; i < forward.count(); i++) {
      most = Math.max(most, forward.score(i));
    }
    double sum = (entities - forward.count()) * Math.exp(-most);
    for (int i = 0; i < forward.count(); i++) {
      sum += Math.exp(forward.score(i) - most);
    }
    return most + Math.log(sum);
  }

  private <T> T within(Work<T> work) {
    Propagation pooled = workspaces.poll();
    Propagation forward =
        pooled == null ? new Propagation(model.config(), kernels, nanoClock) : pooled;
    try {
      return work.run(forward);
    } finally {
      workspaces.add(forward);
    }
  }

  private interface Work<T> {
    T run(Propagation forward);
  }

  /** Looks at a walk; must not keep it. */
  @FunctionalInterface
  public interface WalkInspector<T> {
    T inspect(Propagation forward, Weights weights);
  }
}
