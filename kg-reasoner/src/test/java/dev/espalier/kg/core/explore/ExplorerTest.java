package dev.espalier.kg.core.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.core.RandomGraphs;
import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Names;
import dev.espalier.kg.core.kernels.Kernels;
import dev.espalier.kg.core.model.Calibration;
import dev.espalier.kg.core.model.ModelConfig;
import dev.espalier.kg.core.model.Provenance;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.TrainingConfig;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.core.network.BoundGraph;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class ExplorerTest {

  private static final long SEED = 2;

  private final KnowledgeGraph graph = RandomGraphs.of(2000, 4, 8000, SEED);
  private final Explorer explorer = explorer(graph, () -> 0);
  private final BoundGraph bound = explorer.bind(graph);
  private final Query query = Query.ofHead(5, 1, 10);

  static Explorer explorer(KnowledgeGraph graph, LongSupplier clock) {
    ModelConfig config = ModelConfig.of(16, 4, 50);
    Names relations = graph.relations();
    ReasoningModel model =
        new ReasoningModel(
            config,
            relations,
            Weights.initial(config, relations.size(), SEED),
            Calibration.none(),
            new Provenance("", SEED, TrainingConfig.defaults(), 0, 0, 0, 0));
    return new Explorer(model, Kernels.best(), clock);
  }

  @Test
  void theSameQueryHasTheSameAnswer() {
    Answers first = explorer.answer(bound, query);
    explorer.answer(bound, Query.ofHead(9, 2, 3));

    assertEquals(first, explorer.answer(bound, query));
    assertEquals(10, first.answers().size());
    assertEquals(1, first.answers().get(0).rank());
  }

  @Test
  void anEdgeBudgetIsNeverExceeded() {
    for (long edges : new long[] {1, 10, 100, 1000}) {
      Answers answers = explorer.answer(bound, query.with(Budget.ofEdges(edges)));

      assertTrue(answers.edges() <= edges, edges + " edges allowed, " + answers.edges());
      assertFalse(answers.complete());
      assertFalse(answers.budgetMet());
    }
  }

  @Test
  void aTimeBudgetEndsTheWalkAndTheAnswerSaysSo() {
    // Given a clock that moves a microsecond at each look
    long[] now = {0};
    Explorer timed = explorer(graph, () -> now[0] += 1000);

    // When a query may take twenty
    Answers answers =
        timed.answer(timed.bind(graph), query.with(Budget.ofTime(Duration.ofNanos(20_000))));

    // Then it takes no more, and is incomplete
    assertTrue(answers.nanos() <= 24_000, answers.nanos() + " ns");
    assertFalse(answers.budgetMet());
    assertFalse(answers.complete());
  }

  @Test
  void maxHopsKeepsAnswersNear() {
    // Given a chain of entities
    GraphBuilder builder = new GraphBuilder();
    for (int i = 0; i < 10; i++) {
      builder.add("e" + i, "next", "e" + (i + 1));
    }
    KnowledgeGraph chain = builder.build();
    Explorer walker = explorer(chain, () -> 0);

    // When answers within two hops are asked for
    Answers near = walker.answer(walker.bind(chain), Query.ofHead(0, 0, 100).withMaxHops(2));

    // Then only the second entity after the first is a new answer, beside the query's own
    List<Integer> found = near.answers().stream().map(Answer::entity).sorted().toList();
    assertEquals(List.of(0, 2), found);
  }

  @Test
  void knownAnswersAreLeftOutOrMarked() {
    int head = graph.triples()[0].head();
    int relation = graph.triples()[0].relation();
    int tail = graph.triples()[0].tail();
    Query ask = Query.ofHead(head, relation, 1_000_000);

    List<Answer> unknown = explorer.answer(bound, ask).answers();
    List<Answer> all = explorer.answer(bound, ask.withKnown()).answers();

    assertTrue(unknown.stream().noneMatch(a -> a.entity() == tail));
    assertTrue(all.stream().anyMatch(a -> a.entity() == tail && a.known()));
  }

  @Test
  void hiddenTriplesAreNotWalked() {
    // Given two entities with a single link
    KnowledgeGraph pair = new GraphBuilder().add("a", "r", "b").build();
    Explorer walker = explorer(pair, () -> 0);
    HiddenEdges link = HiddenEdges.of(pair, 0, 0, 1);

    // When it is hidden, then neither finds the other
    for (Query ask : List.of(Query.ofHead(0, 0, 9), Query.ofTail(pair, 0, 1, 9))) {
      Answers answers = walker.answer(walker.bind(pair), ask.hiding(link).withKnown());
      assertEquals(0, answers.edges() - answers.hops().size());
      assertEquals(1, answers.answers().size());
    }
  }

  @Test
  void aHubIsWalkedOverSomeOfItsEdges() {
    // Given an entity with more edges than are walked
    GraphBuilder builder = new GraphBuilder();
    for (int i = 0; i < 50_000; i++) {
      builder.add("hub", "r", "leaf" + i);
    }
    KnowledgeGraph star = builder.build();
    Explorer walker = explorer(star, () -> 0);

    // When it is asked, then the answer says that it was capped
    Answers answers = walker.answer(walker.bind(star), Query.ofHead(0, 0, 5));
    assertTrue(answers.hops().get(0).capped());
    assertTrue(answers.hops().get(0).edges() <= 20_000);
    assertFalse(answers.complete());
  }

  @Test
  void aRelationTheModelDoesNotKnowIsRefused() {
    KnowledgeGraph other = new GraphBuilder().add("a", "unheard of", "b").build();
    BoundGraph foreign = explorer.bind(other);

    assertEquals(0, foreign.coverage());
    assertThrows(
        IllegalArgumentException.class, () -> explorer.answer(foreign, Query.ofHead(0, 0, 1)));
  }
}
