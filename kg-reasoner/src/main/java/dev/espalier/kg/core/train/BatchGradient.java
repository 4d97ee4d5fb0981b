package dev.espalier.kg.core.train;

import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.Backpropagation;
import dev.espalier.kg.core.network.Balance;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.network.Gradients;
import dev.espalier.kg.core.network.Limits;
import dev.espalier.kg.core.network.Loss;
import dev.espalier.kg.core.network.Noise;
import dev.espalier.kg.core.network.Propagation;
import dev.espalier.kg.core.network.TransposedWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The gradient of a batch of queries, computed by several threads. */
/*
 * The batch is dealt to a fixed number of lanes; each sums up its queries in order, and the lanes
 * are added in order, so the bytes do not depend on how many threads there are. A query's noise
 * depends on its own seed. The triple that is asked for is hidden, in both directions.
 */
final class BatchGradient implements AutoCloseable {

  private static final int LANES = 4;

  private record Workspace(Propagation forward, Backpropagation back, Loss loss) {}

  private final KnowledgeGraph graph;
  private final BoundGraph bound;
  private final Weights weights;
  private final TransposedWeights transposed;
  private final Kernels kernels;
  private final float dropout;
  private final float balanceFactor;
  private final List<Gradients> lanes = new ArrayList<>();
  private final LinkedBlockingQueue<Workspace> workspaces = new LinkedBlockingQueue<>();
  private final ExecutorService executor;
  private @Nullable Balance before;

  BatchGradient(
      BoundGraph bound,
      Weights weights,
      Kernels kernels,
      double dropout,
      double balanceFactor,
      int threads) {
    this.bound = bound;
    this.graph = bound.graph();
    this.weights = weights;
    this.transposed = new TransposedWeights(weights);
    this.kernels = kernels;
    this.dropout = (float) dropout;
    this.balanceFactor = (float) balanceFactor;
    ModelConfig config = weights.config();
    for (int lane = 0; lane < LANES; lane++) {
      lanes.add(new Gradients(config, weights.layout()));
    }
    for (int t = 0; t < threads; t++) {
      workspaces.add(
          new Workspace(
              new Propagation(config, kernels, () -> 0),
              new Backpropagation(config, kernels),
              new Loss()));
    }
    executor = Executors.newFixedThreadPool(threads);
  }

  /** Follows a change of the weights. */
  void refresh() {
    weights.refresh(kernels);
    transposed.refresh(weights);
  }

  /** Forgets the batch before, on whose use of the experts the balance losses build. */
  void startEpoch() {
    before = null;
  }

  /** The sum of the gradients, valid until the next call. */
  float[] gradient() {
    return lanes.get(0).values();
  }

  /**
   * Computes a batch's gradient.
   *
   * @param queries with inverse relations for queries by tail
   * @param seeds of each query's noise
   * @return the sum of the losses
   */
  double compute(List<Triple> queries, long[] seeds, int keep) {
    List<Callable<Double>> tasks = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      int own = lane;
      tasks.add(() -> lane(own, queries, seeds, keep));
    }
    double loss = 0;
    try {
      for (Future<Double> done : executor.invokeAll(tasks)) {
        loss += done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a query of a batch failed", e.getCause());
    }
    Gradients sum = lanes.get(0);
    for (int lane = 1; lane < LANES; lane++) {
      sum.add(lanes.get(lane));
    }
    sum.finish(weights, transposed, kernels);
    before = sum.balance().copy();
    return loss;
  }

  private double lane(int lane, List<Triple> queries, long[] seeds, int keep)
      throws InterruptedException {
    Workspace workspace = workspaces.take();
    try {
      Gradients gradients = lanes.get(lane);
      gradients.clear();
      double loss = 0;
      for (int i = lane; i < queries.size(); i += LANES) {
        loss += query(workspace, queries.get(i), seeds[i], keep, gradients);
      }
      return loss;
    } finally {
      workspaces.add(workspace);
    }
  }

  private double query(
      Workspace workspace, Triple query, long seed, int keep, Gradients gradients) {
    HiddenEdges own = HiddenEdges.of(graph, query.head(), query.relation(), query.tail());
    int relation = bound.toModel(query.relation());
    Noise noise = new Noise(seed, dropout, true);
    Propagation forward = workspace.forward();
    forward.run(weights, bound, query.head(), relation, Limits.of(keep, own), noise);
    int[] others = graph.tails(query.head(), query.relation());
    double loss = workspace.loss().of(forward, graph.entityCount(), query.tail(), others);
    workspace
        .back()
        .run(
            weights,
            transposed,
            forward,
            workspace.loss().gradient(),
            gradients,
            before,
            balanceFactor);
    return loss;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
