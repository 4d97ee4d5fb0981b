package dev.espalier.search.core.run;

import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.Ledger;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.AnswerReader;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.Node.Stage;
import dev.espalier.search.core.tree.SearchTree;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Groups the stored samples of a search anew, from the root down; see {@link Reevaluation}. Asks
 * the grouper once for each node that is kept and has several samples. One instance serves one
 * search.
 */
public final class Reevaluator {

  private static final Comparator<Node> MOST_VISITED =
      Comparator.comparingInt((Node node) -> -node.visits())
          .thenComparingInt(node -> -node.childCount())
          .thenComparingInt(Node::id);

  private final SearchSpec spec;
  private final SearchTree tree;
  private final Ledger ledger;
  private final Map<Integer, List<Integer>> needsOfNode = new HashMap<>();
  private final Map<String, Double> votes = new HashMap<>();
  private final Deque<Node> kept = new ArrayDeque<>();
  private Optional<String> detector = Optional.empty();
  private int groupsMerged;
  private int stepsMerged;
  private int expansionsSpared;
  private int expansionsNeeded;
  private int degraded;
  private Usage spared = Usage.NONE;

  public Reevaluator(SearchSpec spec, List<SearchEvent> events) {
    SearchState state = SearchState.replay(spec, events);
    this.spec = spec;
    this.tree = state.tree();
    this.ledger = state.ledger();
    events.forEach(this::noteNeed);
  }

  private void noteNeed(SearchEvent event) {
    if (event instanceof SearchEvent.Proposed proposed) {
      noteNeed(proposed.node(), proposed.need());
    } else if (event instanceof SearchEvent.Scored scored) {
      noteNeed(scored.node(), scored.need());
    } else if (event instanceof SearchEvent.Grouped grouped) {
      noteNeed(grouped.node(), grouped.need());
    }
  }

  private void noteNeed(int node, int need) {
    needsOfNode.computeIfAbsent(node, id -> new ArrayList<>()).add(need);
  }

  /**
   * @param grouper at the threshold in question
   */
  public Reevaluation with(StepGrouper grouper, AnswerReader reader, CallContext context) {
    MergeGuard guard = new MergeGuard(reader);
    kept.add(tree.root());
    while (!kept.isEmpty()) {
      Node node = kept.remove();
      if (node.childCount() > 0) {
        Need.Group need = new Need.Group(node.id(), node.id(), tree.steps(node), node.candidates());
        regroup(
            node,
            need.candidates().size() == 1
                ? VerbatimGroups.apart(need.candidates())
                : guard.apply(need, grouper.group(spec.problem(), need, context)));
      }
    }
    List<AnswerWeight> answers = AnswerWeight.sorted(votes);
    return new Reevaluation(
        detector,
        groupsMerged,
        stepsMerged,
        expansionsSpared,
        expansionsNeeded,
        spared,
        degraded,
        answers);
  }

  private void regroup(Node node, Grouping grouping) {
    detector = Optional.ofNullable(grouping.detector()).or(() -> detector);
    degraded += grouping.unavailable() == null ? 0 : 1;
    Node[] oldClass = new Node[node.candidates().size()];
    for (Node child : tree.children(node)) {
      tree.stepClass(child).members().forEach(member -> oldClass[member] = child);
    }
    for (StepClass stepClass : grouping.classes()) {
      groupsMerged += stepClass.multiplicity() > 1 ? 1 : 0;
      stepsMerged += stepClass.multiplicity() - 1;
      place(stepClass, oldClass);
    }
  }

  private void place(StepClass stepClass, Node[] oldClass) {
    List<Node> whole = new ArrayList<>();
    for (int member : stepClass.members()) {
      Node old = oldClass[member];
      if (tree.stepClass(old).representative() == member) {
        whole.add(old);
      }
    }
    if (whole.isEmpty()) {
      Node origin = oldClass[stepClass.representative()];
      expansionsNeeded += origin.stage() == Stage.EXPANDED ? 1 : 0;
      vote(origin, stepClass.multiplicity(), 0);
      return;
    }
    whole.sort(MOST_VISITED);
    kept.add(whole.get(0));
    int visits = whole.stream().mapToInt(Node::visits).sum();
    vote(whole.get(0), stepClass.multiplicity(), visits);
    whole.stream().skip(1).forEach(this::spare);
  }

  private void vote(Node node, int multiplicity, int visits) {
    String answer = node.answer();
    if (answer != null) {
      votes.merge(answer, (visits + multiplicity) * node.score(), Double::sum);
    }
  }

  private void spare(Node dropped) {
    Deque<Node> below = new ArrayDeque<>(List.of(dropped));
    while (!below.isEmpty()) {
      Node node = below.remove();
      if (node.stage() != Stage.LEAF) {
        expansionsSpared++;
        for (int need : needsOfNode.getOrDefault(node.id(), List.of())) {
          spared = spared.plus(ledger.on(need).usage());
        }
        below.addAll(tree.children(node));
      }
    }
  }
}
