package dev.espalier.kg.benchmark;

import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Budget;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.Provenance;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Prints the CPU time of a query, and how well budgets are kept, on generated graphs of 10,000 to
 * 1,000,000 entities, five triples each, with hubs. The parameters are random: the cost does not
 * depend on what they are. Options: {@code [--layers 5] [--dimension 32] [--keep 100] [--entities
 * MOST] [--queries 300]}.
 */
public final class ScaleBenchmark {

  private static final int RELATIONS = 12;
  private static final int TRIPLES_PER_ENTITY = 5;
  private static final long SEED = 1;
  private static final Duration BUDGET = Duration.ofMillis(1);
  private static final long EDGES = 1000;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private ScaleBenchmark() {}

  public static void main(String[] args) {
    Arguments a = Arguments.of(args);
    ModelConfig config =
        ModelConfig.of(a.integer("dimension", 32), a.integer("layers", 5), a.integer("keep", 100));
    for (int n = 10_000; n <= a.integer("entities", 1_000_000); n *= 10) {
      measure(config, n, a.integer("queries", 300));
    }
  }

  private static void measure(ModelConfig config, int entities, int queries) {
    KnowledgeGraph graph = graph(entities);
    ReasoningModel model =
        new ReasoningModel(
            config,
            graph.relations(),
            Weights.initial(config, RELATIONS, SEED),
            Calibration.none(),
            new Provenance("", SEED, TrainingConfig.defaults(), 0, 0, 0, 0));
    Explorer explorer = new Explorer(model, Kernels.best(), System::nanoTime);
    BoundGraph bound = explorer.bind(graph);
    SplittableRandom random = new SplittableRandom(SEED);
    List<Query> asked = new ArrayList<>();
    for (int i = 0; i < 2 * queries; i++) {
      asked.add(Query.ofHead(random.nextInt(entities), random.nextInt(2 * RELATIONS), 10));
    }
    Costs costs = Costs.of(explorer, bound, asked, Budget.unlimited());
    System.out.printf(
        Locale.ROOT,
        "%,9d entities, %,9d triples: p50 %.2f ms, p95 %.2f ms of CPU time%n",
        entities,
        graph.tripleCount(),
        percentile(costs.cpuMillis(), 0.5),
        percentile(costs.cpuMillis(), 0.95));
    budgets(model, explorer, bound, asked);
  }

  /**
   * A deadline is asked for by the wall clock, and by CPU time, to which other load adds nothing.
   */
  private static void budgets(
      ReasoningModel model, Explorer explorer, BoundGraph bound, List<Query> asked) {
    Explorer byCpu = new Explorer(model, Kernels.best(), CLOCK::getCurrentThreadCpuTime);
    Costs wall = Costs.of(explorer, bound, asked, Budget.ofTime(BUDGET));
    print("1 ms of wall time", wall.wallMillis(), 1, wall.incomplete());
    Costs cpu = Costs.of(byCpu, bound, asked, Budget.ofTime(BUDGET));
    print("1 ms of CPU time", cpu.cpuMillis(), 1, cpu.incomplete());
    Costs edges = Costs.of(explorer, bound, asked, Budget.ofEdges(EDGES));
    print(EDGES + " edges", edges.edges(), EDGES, edges.incomplete());
  }

  private static void print(String budget, double[] sorted, double most, double incomplete) {
    long kept = Arrays.stream(sorted).filter(cost -> cost <= 1.2 * most).count();
    System.out.printf(
        Locale.ROOT,
        "  budget of %s: p50 %.2f, p95 %.2f, most %.2f; within 20 %% in %.1f %%; incomplete %.1f"
            + " %%%n",
        budget,
        percentile(sorted, 0.5),
        percentile(sorted, 0.95),
        sorted[sorted.length - 1],
        100.0 * kept / sorted.length,
        100 * incomplete);
  }

  /**
   * What the second half of some queries cost, ascending; the first half warms up.
   *
   * @param incomplete the share whose answer says that something was left out
   */
  private record Costs(double[] wallMillis, double[] cpuMillis, double[] edges, double incomplete) {

    static Costs of(Explorer explorer, BoundGraph bound, List<Query> asked, Budget budget) {
      int n = asked.size() / 2;
      double[] wall = new double[n];
      double[] cpu = new double[n];
      double[] edges = new double[n];
      int incomplete = 0;
      for (int i = -n; i < n; i++) {
        Query query = asked.get(i + n).with(budget);
        long start = System.nanoTime();
        long before = CLOCK.getCurrentThreadCpuTime();
        Answers answers = explorer.answer(bound, query);
        long after = CLOCK.getCurrentThreadCpuTime();
        if (i >= 0) {
          wall[i] = (System.nanoTime() - start) / 1e6;
          cpu[i] = (after - before) / 1e6;
          edges[i] = answers.edges();
          incomplete += answers.complete() ? 0 : 1;
        }
      }
      Arrays.sort(wall);
      Arrays.sort(cpu);
      Arrays.sort(edges);
      return new Costs(wall, cpu, edges, (double) incomplete / n);
    }
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[(int) (share * sorted.length)];
  }

  /** Heads uniform, tails by the square of a uniform number, so that some have many edges. */
  private static KnowledgeGraph graph(int entities) {
    SplittableRandom random = new SplittableRandom(SEED);
    GraphBuilder builder = new GraphBuilder();
    for (int i = 0; i < entities; i++) {
      builder.entity("e" + i);
    }
    for (int i = 0; i < RELATIONS; i++) {
      builder.relation("r" + i);
    }
    for (int i = 0; i < entities * TRIPLES_PER_ENTITY; i++) {
      double place = random.nextDouble();
      int tail = (int) (place * place * entities);
      builder.add(random.nextInt(entities), random.nextInt(RELATIONS), tail);
    }
    return builder.build();
  }
}
