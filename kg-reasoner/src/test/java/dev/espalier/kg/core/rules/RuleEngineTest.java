package dev.espalier.kg.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.core.explain.Fidelity;
import dev.espalier.kg.core.explain.ReasoningPath;
import dev.espalier.kg.core.explore.Answer;
import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Budget;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.generate.KinshipGenerator;
import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.SplitGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.network.Hop;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleEngineTest {

  private static final long SEED = 5;

  private final SplitGraph data = new KinshipGenerator(200, 4, SEED).split();

  @Test
  void findsTheRuleThatAGraphWasMadeBy() {
    // Given grandparents that are parents of parents, of whom a few are not stated
    GraphBuilder builder = new GraphBuilder();
    for (int i = 0; i < 40; i++) {
      builder.add("child" + i, "parent", "middle" + i);
      builder.add("middle" + i, "parent", "old" + i);
      if (i >= 4) {
        builder.add("child" + i, "grandparent", "old" + i);
      }
    }
    KnowledgeGraph graph = builder.build();
    int parent = graph.relation("parent").orElseThrow();
    int grandparent = graph.relation("grandparent").orElseThrow();

    List<Rule> rules = new RuleMiner(graph).mine(grandparent);

    assertEquals(List.of(parent, parent), rules.get(0).body());
    assertEquals(36 / 45.0, rules.get(0).confidence(), 1e-9);
    Query query = Query.ofHead(graph.entity("child0").orElseThrow(), grandparent, 3);
    Answer best = new RuleEngine(graph, rules, System::nanoTime).answer(query).answers().get(0);
    assertEquals("old0", graph.entities().name(best.entity()));
    assertFalse(best.known());
  }

  @Test
  void derivesMostOfAFamily() {
    int first = 0;
    Triple[] asked = Arrays.copyOf(data.test(), 60);
    for (Triple t : asked) {
      List<Answer> answers =
          engine(t.relation()).answer(Query.ofHead(t.head(), t.relation(), 10)).answers();
      first += answers.stream().anyMatch(a -> a.entity() == t.tail() && a.rank() <= 3) ? 1 : 0;
    }

    assertTrue(first > 0.8 * asked.length, first + " of " + asked.length + ", seed " + SEED);
  }

  @Test
  void theSameGraphGivesTheSameRules() {
    for (int relation = 0; relation < 2 * data.graph().relationCount(); relation++) {
      assertEquals(
          new RuleMiner(data.graph()).mine(relation),
          new RuleMiner(data.graph()).mine(relation),
          "seed " + SEED);
    }
  }

  @Test
  void everyPathOfAnAnswerIsInTheGraphAndAvoidsWhatIsHidden() {
    KnowledgeGraph graph = data.graph();
    for (Triple t : Arrays.copyOf(data.train(), 20)) {
      HiddenEdges own = HiddenEdges.of(graph, List.of(t));
      Query query = Query.ofHead(t.head(), t.relation(), 3).withKnown().hiding(own);

      for (ReasoningPath path : engine(t.relation()).paths(query, t.tail(), 5)) {
        assertEquals(t.head(), path.hops().get(0).head());
        assertEquals(t.tail(), path.hops().get(path.hops().size() - 1).tail());
        for (Triple hop : path.hops()) {
          assertTrue(graph.contains(hop.head(), hop.relation(), hop.tail()), "seed " + SEED);
          assertFalse(own.hides(hop.head(), hop.relation(), hop.tail()));
        }
      }
    }
  }

  @Test
  void anEdgeBudgetEndsTheWalkAndTheAnswerSaysSo() {
    Triple t = data.test()[0];
    RuleEngine engine = engine(t.relation());
    Query query = Query.ofHead(t.head(), t.relation(), 3);

    assertTrue(engine.answer(query).budgetMet());
    Answers cut = engine.answer(query.with(Budget.ofEdges(2)));

    assertFalse(cut.budgetMet());
    assertFalse(cut.complete());
    assertEquals(2, cut.edges());
    assertEquals(List.of(), engine.paths(query.with(Budget.ofEdges(1)), t.tail(), 5));
  }

  @Test
  void aTimeBudgetEndsTheWalk() {
    Triple t = data.test()[0];
    long[] now = {0};
    RuleEngine engine =
        new RuleEngine(
            data.graph(),
            new RuleMiner(data.graph()).mine(t.relation()),
            () -> now[0] += Duration.ofSeconds(1).toNanos());

    Answers cut =
        engine.answer(
            Query.ofHead(t.head(), t.relation(), 3).with(Budget.ofTime(Duration.ofMillis(1))));

    assertFalse(cut.budgetMet());
    assertTrue(cut.edges() < 64, cut.edges() + " edges");
  }

  @Test
  void noAnswerIsFartherThanAllowed() {
    for (Triple t : Arrays.copyOf(data.test(), 20)) {
      Query near = Query.ofHead(t.head(), t.relation(), 10).withMaxHops(1);

      for (Answer answer : engine(t.relation()).answer(near).answers()) {
        for (ReasoningPath path : engine(t.relation()).paths(near, answer.entity(), 5)) {
          assertEquals(1, path.hops().size(), "seed " + SEED);
        }
      }
    }
  }

  @Test
  void aHubIsMinedAndAskedByAPartOfItsEdges() {
    // Given an entity that 50,000 others belong to, each with a twin that belongs to it, too
    GraphBuilder builder = new GraphBuilder();
    for (int i = 0; i < 50_000; i++) {
      builder.add("member" + i, "belongs", "hub");
      builder.add("member" + i, "twin", "twin" + i);
      builder.add("twin" + i, "belongs", "hub");
    }
    KnowledgeGraph graph = builder.build();
    int belongs = graph.relation("belongs").orElseThrow();
    int hub = graph.entity("hub").orElseThrow();

    List<Rule> rules = new RuleMiner(graph).mine(graph.inverse(belongs));
    RuleEngine engine = new RuleEngine(graph, rules, System::nanoTime);
    Answers answers = engine.answer(Query.ofTail(graph, belongs, hub, 10).withKnown());

    assertFalse(rules.isEmpty());
    assertFalse(answers.complete());
    assertTrue(answers.edges() <= 20_000L * rules.size(), answers.edges() + " edges");
    assertTrue(answers.hops().stream().anyMatch(Hop::capped));
  }

  @Test
  void answersDependOnTheTriplesOfTheirWays() {
    int depending = 0;
    Triple[] asked = Arrays.copyOf(data.test(), 30);
    for (Triple t : asked) {
      RuleEngine engine = engine(t.relation());
      Query query = Query.ofHead(t.head(), t.relation(), 1);
      List<Answer> best = engine.answer(query).answers();
      if (!best.isEmpty()) {
        List<ReasoningPath> paths = engine.paths(query, best.get(0).entity(), 1);
        depending += Fidelity.of(engine, query, paths.get(0), SEED).changed() ? 1 : 0;
      }
    }

    assertTrue(depending > 0, "seed " + SEED);
  }

  private RuleEngine engine(int relation) {
    return new RuleEngine(
        data.graph(), new RuleMiner(data.graph()).mine(relation), System::nanoTime);
  }
}
