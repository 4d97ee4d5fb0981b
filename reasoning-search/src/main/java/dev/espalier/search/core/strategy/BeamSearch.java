package dev.espalier.search.core.strategy;

import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.Node.Stage;
import dev.espalier.search.core.tree.SearchTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the best steps of each level, over all branches, by the scorer's value; the more frequent
 * one of equals. A finished solution that is among the best keeps its place, so that the beam
 * narrows as solutions end. With transpositions a state takes one place, whatever the number of
 * branches that lead to it.
 */
public final class BeamSearch implements SearchStrategy {

  private final SearchTree tree;
  private final Expansions expansions;
  private final StrategySpec.Beam settings;
  private final Bounds bounds;
  private final Masses masses = new Masses();
  private List<Node> beam;
  private final List<Node> ended = new ArrayList<>();
  private boolean isExpanding;
  private Optional<StopReason> finished = Optional.empty();

  public BeamSearch(SearchSpec spec, StrategySpec.Beam settings) {
    this.settings = settings;
    this.bounds = Bounds.of(spec, settings.depth());
    this.tree = new SearchTree(bounds.depth());
    this.expansions = new Expansions(tree, spec, Expansions.Scored.ALL);
    this.beam = List.of(tree.root());
    masses.add(tree.root(), 1);
  }

  @Override
  public List<Need> next() {
    while (finished.isEmpty()) {
      List<Need> needs = isExpanding ? expansions.next() : List.of();
      if (!needs.isEmpty()) {
        return needs;
      }
      List<Node> open = beam.stream().filter(BeamSearch::isOpen).toList();
      if (open.isEmpty()) {
        narrow();
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
    return FreshSamples.of(tree, node, settings.width());
  }

  private static boolean isOpen(Node node) {
    return node.stage() != Stage.EXPANDED && !node.isDead();
  }

  private void narrow() {
    List<Node> children = new ArrayList<>();
    for (Node node : beam) {
      for (Node child : tree.children(node)) {
        masses.add(tree.explored(child), masses.of(node) * child.prior());
        if (child.sameAs().isEmpty() && (tree.isTerminal(child) || !child.isDead())) {
          children.add(child);
        }
      }
    }
    children.sort(
        Comparator.comparingDouble((Node node) -> -node.score())
            .thenComparingDouble(node -> -masses.of(node))
            .thenComparingInt(Node::id));
    List<Node> next = new ArrayList<>();
    int places = settings.beam() - ended.size();
    for (Node node : children.subList(0, Math.min(places, children.size()))) {
      (tree.isTerminal(node) ? ended : next).add(node);
    }
    beam = next;
    if (beam.isEmpty()) {
      boolean isCut = ended.isEmpty() && bounds.cutSomething(tree);
      finished = Optional.of(isCut ? StopReason.DEPTH : StopReason.COMPLETED);
    }
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

  /** The best of the solutions that ended within the beam. */
  @Override
  public Optional<Node> chosen() {
    return finished.isEmpty()
        ? Optional.empty()
        : ended.stream()
            .min(
                Comparator.comparingDouble((Node node) -> -node.score())
                    .thenComparingDouble(node -> -masses.of(node))
                    .thenComparingInt(Node::id));
  }

  /** The probability to come there, times the score. */
  @Override
  public double weight(Node terminal) {
    return masses.of(terminal) * terminal.score();
  }
}
