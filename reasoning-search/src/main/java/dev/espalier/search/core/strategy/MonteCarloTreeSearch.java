package dev.espalier.search.core.strategy;

import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.Node.Stage;
import dev.espalier.search.core.tree.SearchTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * EquivPruner's "simple MCTS" (arXiv 2505.16312 and its reference code): expand the root; run a
 * number of simulations from it; commit to the most visited child, keep its sub-tree, and go on
 * from there until a step ends the solution or the depth is reached. A simulation descends by
 * {@link Puct} to a leaf, expands it, and backs the leaf's own score up; nothing is rolled out.
 *
 * <p>Where we deviate: samples are grouped before they are scored; a class keeps the prior of all
 * its members and is sampled afresh when it is expanded, with more samples the more it stands for
 * ({@link FreshSamples}); and work that cannot change anything is left out:
 *
 * <ul>
 *   <li>a simulation that ends at a terminal step costs nothing, as in the reference;
 *   <li>a branch that is explored to its end and holds nothing with a score above 0 is not entered
 *       again;
 *   <li>as soon as no other child can catch up in the simulations left, the child is committed to
 *       (after Leela's "smart pruning"). Merged siblings unite their visits, so this comes sooner.
 * </ul>
 *
 * A simulation costs O(depth x width), without the time of its expansion.
 */
public final class MonteCarloTreeSearch implements SearchStrategy {

  private final SearchTree tree;
  private final Expansions expansions;
  private final StrategySpec.MonteCarlo settings;
  private final Bounds bounds;
  private final List<Node> path = new ArrayList<>();
  private Node root;
  private int simulations;
  private boolean isExpanding;
  private boolean hasSparedWork;
  private Optional<StopReason> finished = Optional.empty();

  public MonteCarloTreeSearch(SearchSpec spec, StrategySpec.MonteCarlo settings) {
    this.settings = settings;
    this.bounds = Bounds.of(spec, settings.depth());
    this.tree = new SearchTree(bounds.depth());
    this.expansions = new Expansions(tree, spec, Expansions.Scored.ALL);
    this.root = tree.root();
  }

  @Override
  public List<Need> next() {
    while (finished.isEmpty()) {
      if (isExpanding) {
        List<Need> needs = expansions.next();
        if (!needs.isEmpty()) {
          return needs;
        }
        isExpanding = false;
        endSimulation();
      } else {
        step();
      }
    }
    return List.of();
  }

  private void step() {
    if (tree.isTerminal(root) || root.isDead()) {
      finished = Optional.of(whyDone());
    } else if (root.stage() != Stage.EXPANDED) {
      expand(root);
    } else {
      Optional<Node> certain = certainChild();
      if (certain.isPresent()) {
        hasSparedWork |= simulations < settings.simulations();
        root = tree.explored(certain.get());
        simulations = 0;
      } else {
        simulate();
      }
    }
  }

  private StopReason whyDone() {
    if (!tree.isTerminal(root) && bounds.cutSomething(tree)) {
      return StopReason.DEPTH;
    }
    return hasSparedWork ? StopReason.CONVERGED : StopReason.COMPLETED;
  }

  private void expand(Node leaf) {
    int samples = FreshSamples.of(tree, leaf, settings.width());
    if (bounds.haveRoom(tree, samples)) {
      expansions.start(leaf, samples);
      isExpanding = true;
    } else {
      finished = Optional.of(StopReason.NODES);
    }
  }

  private void simulate() {
    Node at = root;
    path.add(at);
    while (at.stage() == Stage.EXPANDED) {
      Node child = select(at);
      path.add(child);
      at = tree.explored(child);
      if (at != child) {
        path.add(at);
      }
    }
    if (tree.isTerminal(at)) {
      endSimulation();
    } else {
      expand(at);
    }
  }

  /** Backs up the value of the leaf, unless it is still a leaf because its expansion failed. */
  private void endSimulation() {
    if (path.isEmpty()) {
      return;
    }
    Node leaf = path.get(path.size() - 1);
    if (tree.isTerminal(leaf) || leaf.stage() == Stage.EXPANDED) {
      double value = leaf.isDead() ? 0 : leaf.score();
      path.forEach(node -> tree.visit(node, value));
    }
    path.clear();
    simulations++;
  }

  /** The child with the highest score that leads somewhere; one that failed only if no other. */
  private Node select(Node parent) {
    Node best = null;
    double bestScore = 0;
    boolean hasBestFailed = false;
    for (Node child : tree.children(parent)) {
      Node explored = tree.explored(child);
      if (explored.isDead()) {
        continue;
      }
      boolean hasFailed = explored.failures() > 0;
      double score =
          Puct.of(
              explored.value(),
              child.prior(),
              parent.visits(),
              child.visits(),
              settings.exploration());
      if (best == null
          || (hasBestFailed && !hasFailed)
          || (hasBestFailed == hasFailed && score > bestScore)) {
        best = child;
        bestScore = score;
        hasBestFailed = hasFailed;
      }
    }
    if (best == null) {
      throw new IllegalStateException("node " + parent.id() + " is dead");
    }
    return best;
  }

  /** The child to commit to, once the simulations that are left cannot change it any more. */
  private Optional<Node> certainChild() {
    List<Node> alive =
        tree.children(root).stream().filter(child -> !tree.explored(child).isDead()).toList();
    if (alive.size() == 1) {
      return Optional.of(alive.get(0));
    }
    Node first = alive.get(0);
    int second = 0;
    for (Node child : alive.subList(1, alive.size())) {
      if (isBetter(child, first)) {
        second = Math.max(second, first.visits());
        first = child;
      } else {
        second = Math.max(second, child.visits());
      }
    }
    int left = settings.simulations() - simulations;
    return left <= 0 || first.visits() > second + left ? Optional.of(first) : Optional.empty();
  }

  private boolean isBetter(Node a, Node b) {
    return a.visits() > b.visits()
        || (a.visits() == b.visits() && tree.explored(a).value() > tree.explored(b).value());
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

  @Override
  public Optional<Node> chosen() {
    return tree.isTerminal(root) ? Optional.of(root) : Optional.empty();
  }

  /** Visits and samples that ended there, times the score. */
  @Override
  public double weight(Node terminal) {
    return (terminal.visits() + tree.multiplicity(terminal)) * terminal.score();
  }
}
