package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranspositionsTest {

  private record State(int depth, int sum) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void exploresAStateOnceWhicheverBranchReachesIt(int strategy) {
    int repeated = 0;
    for (int seed = 0; seed < 10; seed++) {
      // Given
      SearchSpec spec = Runs.spec(Runs.strategy(strategy), true, seed);
      // When
      SearchState state =
          Runs.run(spec, new World(seed, 4).ports(), new Runs.MemoryLog(), List.of()).run();
      // Then
      SearchTree tree = state.tree();
      TreeInvariants.validate(tree);
      Set<State> explored = new HashSet<>();
      for (Node node : tree.nodes()) {
        if (node.childCount() > 0) {
          State reached = new State(node.depth(), World.sum(tree.steps(node)));
          assertTrue(explored.add(reached), "explored twice: " + reached);
        }
        node.sameAs()
            .ifPresent(
                same ->
                    assertEquals(
                        World.sum(tree.steps(node)), World.sum(tree.steps(tree.node(same)))));
      }
      repeated += state.pruning().statesRepeated();
    }
    assertTrue(repeated > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void exploresBothWhereTheHintIsNotConfirmed(int strategy) {
    // Given a grouper whose signatures match, and which finds every continuation different
    SearchSpec spec = Runs.spec(Runs.strategy(strategy), true, 3);
    World.ByValue doubtful =
        new World.ByValue() {
          @Override
          String key(Candidate candidate) {
            return super.key(candidate)
                + (candidate.tokens() == 0 ? System.identityHashCode(candidate) : "");
          }
        };
    // When
    SearchState state =
        Runs.run(spec, new World(3, 4).ports(doubtful), new Runs.MemoryLog(), List.of()).run();
    // Then
    assertEquals(0, state.pruning().statesRepeated());
    assertTrue(state.answer().isPresent());
  }
}
