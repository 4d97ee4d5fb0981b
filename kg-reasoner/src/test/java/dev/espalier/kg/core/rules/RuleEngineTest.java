package dev.espalier.kg.core.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleEngineTest {

  private static final long SEED = 5;

  private final SplitGraph data = new KinshipGenerator(200, 4, SEED).split();
  private final RuleEngine engine = new RuleEngine(data.graph(), System::nanoTime);

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
    Answer best = new RuleEngine(graph, System::nanoTime).answer(query).answers().get(0);
    assertEquals("old0", graph.entities().name(best.entity()));
    assertFalse(best.known());
  }

  @Test
  void derivesMostOfAFamily() {
    int first = 0;
    Triple[] asked = Arrays.copyOf(data.test(), 60);
    for (Triple t : asked) {
      List<Answer> answers = engine.answer(Query.ofHead(t.head(), t.relation(), 10)).answers();
      first += answers.stream().anyMatch(a -> a.entity() == t.tail() && a.rank() <= 3) ? 1 : 0;
    }

    assertTrue(first > 0.8 * asked.length, first + " of " + asked.length + ", seed " + SEED);
  }

  @Test
  void theSameGraphGivesTheSameRules() {
    for (int relation = 0; relation < 2 * data.graph().relationCount(); relation++) {
      assertEquals(
          engine.rules(relation), new RuleMiner(data.graph()).mine(relation), "seed " + SEED);
    }
  }

  @Test
  void everyPathOfAnAnswerIsInTheGraphAndAvoidsWhatIsHidden() {
    KnowledgeGraph graph = data.graph();
    for (Triple t : Arrays.copyOf(data.train(), 20)) {
      HiddenEdges own = HiddenEdges.of(graph, List.of(t));
      Query query = Query.ofHead(t.head(), t.relation(), 3).withKnown().hiding(own);

      for (ReasoningPath path : engine.paths(query, t.tail(), 5)) {
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
    Query query = Query.ofHead(t.head(), t.relation(), 3);

    assertTrue(engine.answer(query).budgetMet());
    Answers cut = engine.answer(query.with(Budget.ofEdges(2)));

    assertFalse(cut.budgetMet());
    assertFalse(cut.complete());
  }
}
