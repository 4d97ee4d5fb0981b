package dev.espalier.search.core.port;

import dev.espalier.search.core.tree.Candidate;
import java.util.List;

/** What a strategy waits for before it can go on. */
public sealed interface Need {

  /** The position in the order in which the strategy asked, from 0: the same after a replay. */
  int id();

  /** The node whose children are concerned. */
  int node();

  /** The representatives of the steps from the root to the node, in order. */
  List<String> steps();

  /**
   * Next steps of a node.
   *
   * @param alternatives the members of the node's class, the representative first; empty at the
   *     root. Whoever continues the node may continue any of them
   * @param count how many samples
   * @param seed of this expansion, derived from the search's seed
   */
  record Propose(
      int id, int node, List<String> steps, List<Candidate> alternatives, int count, long seed)
      implements Need {
    public Propose {
      steps = List.copyOf(steps);
      alternatives = List.copyOf(alternatives);
    }
  }

  /** A partition of a node's candidates into classes that say the same. */
  record Group(int id, int node, List<String> steps, List<Candidate> candidates) implements Need {
    public Group {
      steps = List.copyOf(steps);
      candidates = List.copyOf(candidates);
    }
  }

  /** A score for each class of a node, by its representative. */
  record Score(
      int id,
      int node,
      List<String> steps,
      List<Candidate> representatives,
      List<Integer> multiplicities)
      implements Need {
    public Score {
      steps = List.copyOf(steps);
      representatives = List.copyOf(representatives);
      multiplicities = List.copyOf(multiplicities);
    }
  }
}
