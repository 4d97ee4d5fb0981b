package dev.espalier.kg.benchmark;

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
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Prints the CPU time of a query on generated graphs of 10,000 to 1,000,000 entities, five triples
 * each, with hubs. The parameters are random: the cost does not depend on what they are. Options:
 * {@code [--layers 5] [--dimension 32] [--keep 100] [--entities MOST] [--queries 300]}.
 */
public final class ScaleBenchmark {

  private static final int RELATIONS = 12;
  private static final int TRIPLES_PER_ENTITY = 5;
  private static final long SEED = 1;

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
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] millis = new double[queries];
    for (int i = -queries; i < queries; i++) {
      Query query = Query.ofHead(random.nextInt(entities), random.nextInt(2 * RELATIONS), 10);
      long before = clock.getCurrentThreadCpuTime();
      explorer.answer(bound, query);
      if (i >= 0) {
        millis[i] = (clock.getCurrentThreadCpuTime() - before) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        "%,9d entities, %,9d triples: p50 %.2f ms, p95 %.2f ms of CPU time%n",
        entities, graph.tripleCount(), millis[queries / 2], millis[queries * 95 / 100]);
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
