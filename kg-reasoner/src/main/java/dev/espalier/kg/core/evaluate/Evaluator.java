package dev.espalier.kg.core.evaluate;

import dev.espalier.kg.core.evaluate.Rank.Ties;
import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.network.Limits;
import dev.espalier.kg.core.network.Propagation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** Ranks the tail of (head, relation, ?) and the head of (?, relation, tail) for each triple. */
public final class Evaluator {

  private static final long INTERVAL_SEED = 1;

  private final Weights weights;
  private final BoundGraph graph;
  private final KnowledgeGraph known;
  private final Kernels kernels;
  private final int keep;

  /**
   * @param known what a ranking leaves out, with the graph's ids
   * @param keep new entities a pruning expert keeps at a hop
   */
  public Evaluator(
      Weights weights, BoundGraph graph, KnowledgeGraph known, Kernels kernels, int keep) {
    this.weights = weights;
    this.graph = graph;
    this.known = known;
    this.kernels = kernels;
    this.keep = keep;
  }

  /** The mean MRR alone. */
  public double mrr(Triple[] triples, int threads) {
    return RankMetrics.of(List.of(rank(triples, threads).ranks()), Ties.MEAN).mrr();
  }

  public Evaluation evaluate(Triple[] triples, int threads) {
    Ranked ranked = rank(triples, threads);
    List<Rank> ranks = List.of(ranked.ranks());
    double[][] clusters = new double[triples.length][2];
    for (int i = 0; i < ranks.size(); i++) {
      clusters[i / 2][i % 2] = 1 / ranks.get(i).value(Ties.MEAN);
    }
    double[] millis = ranked.millis();
    Arrays.sort(millis);
    return new Evaluation(
        RankMetrics.of(ranks, Ties.MEAN),
        RankMetrics.of(ranks, Ties.OPTIMISTIC),
        RankMetrics.of(ranks, Ties.PESSIMISTIC),
        ceiling(triples),
        ranks.size(),
        Interval.ofMean(clusters, INTERVAL_SEED),
        new Evaluation.Latency(percentile(millis, 0.5), percentile(millis, 0.95)));
  }

  private record Ranked(Rank[] ranks, double[] millis) {}

  private Ranked rank(Triple[] triples, int threads) {
    int n = 2 * triples.length;
    Rank[] ranks = new Rank[n];
    double[] millis = new double[n];
    Parallel.run(
        threads,
        n,
        () -> new Propagation(weights.config(), kernels, System::nanoTime),
        (forward, i) -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
          }
          ThreadMXBean clock = ManagementFactory.getThreadMXBean();
          long start = clock.getCurrentThreadCpuTime();
          ranks[i] = rank(forward, triples[i / 2], i % 2 == 1);
          millis[i] = (clock.getCurrentThreadCpuTime() - start) / 1e6;
        });
    return new Ranked(ranks, millis);
  }

  private Rank rank(Propagation forward, Triple triple, boolean inverse) {
    KnowledgeGraph walked = graph.graph();
    int relation = inverse ? walked.inverse(triple.relation()) : triple.relation();
    int from = inverse ? triple.tail() : triple.head();
    int answer = inverse ? triple.head() : triple.tail();
    int learned = graph.toModel(relation);
    int[] others = known.tails(from, relation);
    if (learned < 0) {
      return new Rank(0, walked.entityCount() - 1);
    }
    forward.run(weights, graph, from, learned, Limits.of(keep, HiddenEdges.none()), null);
    return Rank.of(forward, walked.entityCount(), answer, others);
  }

  private double ceiling(Triple[] triples) {
    Reachability reachability = new Reachability(graph.graph());
    int hops = weights.config().layers();
    long reached =
        Arrays.stream(Objects.requireNonNull(triples))
            .filter(t -> reachability.within(hops, t.head(), t.tail()))
            .count();
    return triples.length == 0 ? 0 : (double) reached / triples.length;
  }

  private static double percentile(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  /** Every n-th triple, so that at most {@code most} are left; all for 0. */
  public static Triple[] sample(Triple[] triples, int most) {
    if (most <= 0 || triples.length <= most) {
      return triples;
    }
    return IntStream.range(0, most)
        .mapToObj(i -> triples[(int) ((long) i * triples.length / most)])
        .toArray(Triple[]::new);
  }
}
