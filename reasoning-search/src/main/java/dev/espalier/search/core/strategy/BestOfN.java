package dev.espalier.search.core.strategy;

import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.Node.Stage;
import dev.espalier.search.core.tree.SearchTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Samples solutions and lets them vote (self-consistency, Wang et al. 2023, weighted by a scorer
 * where there is one). All solutions grow together, a step at a time.
 *
 * <p>Each sample at the root has mass 1. The samples of one step that say the same are one class,
 * with their masses added; a class of mass m is continued by round(m^0.75) fresh samples, which
 * share its mass. Without merging that is one continuation each, the independent solutions of the
 * original; with it, fewer samples carry the same total mass, and more where more depends on them:
 * by one sample alone a class of mass m would vote with the variance of a single solution.
 *
 * <p>It stops as soon as what is still open cannot change who wins the vote. Only finished
 * solutions are scored.
 */
public final class BestOfN implements SearchStrategy {

  /** 0 is one sample for a class, 1 as many as it stands for; docs/evaluation.md compares. */
  private static final double THRIFT = 0.75;

  private final SearchTree tree;
  private final Expansions expansions;
  private final StrategySpec.BestOfN settings;
  private final Bounds bounds;
  private final boolean isScorerAVoter;
  private final Masses masses = new Masses();
  private final List<Node> terminals = new ArrayList<>();
  private List<Node> level;
  private boolean isExpanding;
  private Optional<StopReason> finished = Optional.empty();

  public BestOfN(SearchSpec spec, StrategySpec.BestOfN settings) {
    this.settings = settings;
    this.bounds = Bounds.of(spec, settings.depth());
    this.tree = new SearchTree(bounds.depth());
    this.expansions = new Expansions(tree, spec, Expansions.Scored.TERMINALS);
    this.isScorerAVoter = !spec.scorer().type().equals("frequency");
    this.level = List.of(tree.root());
    masses.add(tree.root(), settings.samples());
  }

  @Override
  public List<Need> next() {
    while (finished.isEmpty()) {
      List<Need> needs = isExpanding ? expansions.next() : List.of();
      if (!needs.isEmpty()) {
        return needs;
      }
      List<Node> open =
          level.stream().filter(n -> n.stage() != Stage.EXPANDED && !n.isDead()).toList();
      if (open.isEmpty()) {
        descend();
      } else if (bounds.haveRoom(tree, open.stream().mapToLong(this::samples).sum())) {
        open.forEach(node -> expansions.start(node, samples(node)));
        isExpanding = true;
      } else {
        finished = Optional.of(StopReason.NODES);
      }
    }
    return List.of();
  }

  private int samples(Node node) {
    return node.parent() < 0
        ? settings.samples()
        : (int) Math.max(1, Math.round(Math.pow(masses.of(node), THRIFT)));
  }

  private void descend() {
    List<Node> next = new ArrayList<>();
    for (Node node : level) {
      for (Node child : tree.children(node)) {
        double share = (double) tree.multiplicity(child) / node.candidates().size();
        masses.add(tree.explored(child), masses.of(node) * share);
        if (tree.isTerminal(child)) {
          terminals.add(child);
        } else if (child.sameAs().isEmpty() && !child.isDead()) {
          next.add(child);
        }
      }
    }
    level = next;
    if (next.isEmpty()) {
      boolean isCut = terminals.isEmpty() && bounds.cutSomething(tree);
      finished = Optional.of(isCut ? StopReason.DEPTH : StopReason.COMPLETED);
    } else if (isDecided(next.stream().mapToDouble(masses::of).sum())) {
      finished = Optional.of(StopReason.CONVERGED);
    }
  }

  /** Whether the first answer stays first, even if all that is open goes to the second. */
  private boolean isDecided(double open) {
    Map<String, Double> votes = new HashMap<>();
    for (Node terminal : terminals) {
      String answer = terminal.answer();
      if (answer != null) {
        votes.merge(answer, weight(terminal), Double::sum);
      }
    }
    double first = 0;
    double second = 0;
    for (double vote : votes.values()) {
      second = Math.max(second, Math.min(first, vote));
      first = Math.max(first, vote);
    }
    return first > second + open;
  }

  @Override
  public void accept(Need need, Answer answer) {
    expansions.accept(need, answer);
  }

  @Override
  public SearchTree tree() {
    return tree;
  }

  @Override
  public StopReason reason() {
    return finished.orElse(StopReason.COMPLETED);
  }

  /** Nobody before the vote. */
  @Override
  public Optional<Node> chosen() {
    return Optional.empty();
  }

  /** The mass that came there, times the score; a scorer that only counts adds nothing to it. */
  @Override
  public double weight(Node terminal) {
    return masses.of(terminal) * (isScorerAVoter ? terminal.score() : 1);
  }
}
