package dev.espalier.kg.core.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.core.RandomGraphs;
import dev.espalier.kg.core.evaluate.Rank.Ties;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.ParameterLayout;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankTest {

  @Test
  void equalsShareTheMiddleOfTheirRanks() {
    Rank rank = new Rank(2, 3);

    assertEquals(4.5, rank.value(Ties.MEAN));
    assertEquals(3, rank.value(Ties.OPTIMISTIC));
    assertEquals(6, rank.value(Ties.PESSIMISTIC));
  }

  @Test
  void theFirstOfTwoEqualsIsNoHit() {
    RankMetrics metrics = RankMetrics.of(List.of(new Rank(0, 1), new Rank(0, 0)), Ties.MEAN);

    assertEquals(.5, metrics.hitsAt1());
    assertEquals((1 / 1.5 + 1) / 2, metrics.mrr(), 1e-12);
  }

  @Test
  void aScorerThatTellsNothingApartDoesNotLookGood() {
    // Given a model whose every score is 0
    KnowledgeGraph graph = RandomGraphs.of(200, 3, 600, 1);
    ModelConfig config = ModelConfig.of(8, 2, 20);
    float[] nothing = new float[new ParameterLayout(config, 3).size()];
    Kernels kernels = Kernels.best();
    Evaluator evaluator =
        new Evaluator(
            new Weights(config, 3, nothing, kernels),
            BoundGraph.of(graph, graph.relations()),
            graph,
            kernels,
            20);
    Triple[] triples = Evaluator.sample(graph.triples(), 50);

    // When it is evaluated
    Evaluation evaluation = evaluator.evaluate(triples, 2);

    // Then only the optimistic rule is fooled
    assertTrue(evaluation.mean().mrr() < .02, "mean " + evaluation.mean());
    assertEquals(0, evaluation.mean().hitsAt10());
    assertEquals(1, evaluation.optimistic().mrr());
    assertTrue(evaluation.pessimistic().mrr() < .01);
  }

  @Test
  void theIntervalHoldsTheMeanAndNarrowsWithTheSample() {
    double[][] few = new double[20][];
    double[][] many = new double[2000][];
    for (int i = 0; i < many.length; i++) {
      many[i] = new double[] {i % 2, i % 2};
      few[i % 20] = many[i];
    }

    Interval wide = Interval.ofMean(few, 5);
    Interval narrow = Interval.ofMean(many, 5);

    assertTrue(wide.low() < .5 && wide.high() > .5);
    assertTrue(narrow.high() - narrow.low() < (wide.high() - wide.low()) / 4);
  }
}
