package dev.espalier.kg.core.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.core.evaluate.Calibrator;
import dev.espalier.kg.core.explore.Explorer;
import dev.espalier.kg.core.explore.PathSearch;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.generate.KinshipGenerator;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.network.BoundGraph;
import dev.espalier.kg.core.train.Trainer;
import dev.espalier.kg.core.train.TrainingListener;
import dev.espalier.kg.core.train.TrainingState;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExplainerTest {

  private static final long SEED = 4;

  private static SplitGraph data;
  private static Explorer explorer;
  private static BoundGraph bound;

  @BeforeAll
  static void train() {
    data = new KinshipGenerator(200, 3, SEED).split();
    Trainer trainer = new Trainer(data, Kernels.best(), System::nanoTime);
    TrainingConfig training =
        new TrainingConfig(0.006, 0.8, 1e-5, 0.9, 0, 20, 3, 5, 2500, 200, 0, 1, 0.01, 2);
    TrainingState state =
        trainer.train(
            TrainingState.initial(
                ModelConfig.of(16, 3, 40), training, data.graph().relationCount(), SEED),
            Duration.ofMinutes(2),
            TrainingListener.none());
    explorer = new Explorer(trainer.model(state), Kernels.best(), System::nanoTime);
    bound = explorer.bind(data.graph());
  }

  @Test
  void everyPathIsSimpleAndInTheGraphAndLeadsToTheAnswer() {
    KnowledgeGraph graph = data.graph();
    for (Triple t : Arrays.copyOf(data.test(), 20)) {
      Query query = Query.ofHead(t.head(), t.relation(), 5);

      List<ReasoningPath> paths = new Explainer(explorer).paths(bound, query, t.tail(), 5);

      for (ReasoningPath path : paths) {
        int at = t.head();
        Set<Integer> visited = new HashSet<>(Set.of(at));
        for (Triple hop : path.hops()) {
          assertEquals(at, hop.head(), "seed " + SEED);
          assertTrue(graph.contains(hop.head(), hop.relation(), hop.tail()));
          at = hop.tail();
          assertTrue(visited.add(at));
        }
        assertEquals(t.tail(), at);
        assertTrue(path.weight() > 0 && path.weight() <= 1);
      }
      assertEquals(paths.size(), paths.stream().map(ReasoningPath::hops).distinct().count());
    }
  }

  @Test
  void answersDependOnTheirPathsMoreThanOnOtherTriples() {
    int explained = 0;
    int random = 0;
    for (Triple t : Arrays.copyOf(data.test(), 60)) {
      Query query = Query.ofHead(t.head(), t.relation(), 1);
      int best = explorer.answer(bound, query).answers().get(0).entity();
      List<ReasoningPath> paths = new Explainer(explorer).paths(bound, query, best, 1);
      if (!paths.isEmpty()) {
        Fidelity fidelity = Fidelity.of(new PathEngine(explorer, bound), query, paths.get(0), SEED);
        explained += fidelity.changed() ? 1 : 0;
        random += fidelity.changedByRandom() ? 1 : 0;
      }
    }

    assertTrue(explained >= 1.5 * random, explained + " against " + random + ", seed " + SEED);
    assertTrue(explained > 10, explained + " of 60, seed " + SEED);
  }

  @Test
  void probabilitiesAreCalibratedOnValidationQueries() {
    Calibration calibration = Calibrator.fit(explorer, bound, data.valid(), 60).orElseThrow();

    assertTrue(calibration.samples() > 100);
    double likely = calibration.probability(10, -0.01);
    double unlikely = calibration.probability(-5, -15);
    assertTrue(likely > unlikely, likely + " and " + unlikely);
  }

  @Test
  void pathsBetweenTwoEntitiesComeShortestFirstAndWithinLimits() {
    Triple t = data.train()[0];

    PathSearch.Paths paths =
        new PathSearch(3, 10, 1_000_000).between(data.graph(), t.head(), t.tail());

    assertEquals(1, paths.paths().get(0).size());
    assertTrue(paths.paths().size() <= 10);
    for (int i = 1; i < paths.paths().size(); i++) {
      assertTrue(paths.paths().get(i - 1).size() <= paths.paths().get(i).size());
    }
    PathSearch.Paths cut = new PathSearch(3, 10, 3).between(data.graph(), t.head(), t.tail());
    assertFalse(cut.complete());
  }
}
