package dev.espalier.search.core.tree;

import dev.espalier.search.core.tree.Node.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps that were found, as classes; see {@link Node}.
 *
 * <p>A class keeps all its members with the evidence that joined them: nothing that was sampled is
 * dropped. Samples and evidence are shared with the events, so that a node itself costs about 240
 * bytes besides its texts. Not for use by several threads at once.
 */
public final class SearchTree {

  /** A bound on what one search can take, whatever it was asked for. */
  public static final int MAX_NODES = 100_000;

  /** After so many failed expansions a node is given up. */
  public static final int MAX_FAILURES = 3;

  private final int maxDepth;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Integer, List<Integer>> repeats = new HashMap<>();

  /**
   * @param maxDepth a step at this depth that does not end the solution is a dead end
   */
  public SearchTree(int maxDepth) {
    this.maxDepth = maxDepth;
    nodes.add(new Node(0, Node.NONE, 0, 0, 1));
  }

  public Node root() {
    return nodes.get(0);
  }

  public Node node(int id) {
    return nodes.get(id);
  }

  public int size() {
    return nodes.size();
  }

  public int maxDepth() {
    return maxDepth;
  }

  /** All nodes by id: parents before children. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  public List<Node> children(Node node) {
    return node.childCount == 0
        ? List.of()
        : Collections.unmodifiableList(
            nodes.subList(node.firstChild, node.firstChild + node.childCount));
  }

  /** The node itself, or the one that is explored in its stead. */
  public Node explored(Node node) {
    return node.sameAs == Node.NONE ? node : nodes.get(node.sameAs);
  }

  /** The class that the node is. Not for the root. */
  public StepClass stepClass(Node node) {
    return grouping(nodes.get(node.parent)).classes().get(node.classIndex);
  }

  /** The candidate that stands for the class. Not for the root. */
  public Candidate representative(Node node) {
    return nodes.get(node.parent).candidates.get(stepClass(node).representative());
  }

  /** How many samples the node stands for; 1 for the root. */
  public int multiplicity(Node node) {
    return node.parent == Node.NONE ? 1 : stepClass(node).multiplicity();
  }

  /** The members of the class, the representative first; none at the root. */
  public List<Candidate> members(Node node) {
    if (node.parent == Node.NONE) {
      return List.of();
    }
    StepClass stepClass = stepClass(node);
    List<Candidate> siblings = nodes.get(node.parent).candidates;
    List<Candidate> members = new ArrayList<>();
    members.add(siblings.get(stepClass.representative()));
    for (int member : stepClass.members()) {
      if (member != stepClass.representative()) {
        members.add(siblings.get(member));
      }
    }
    return members;
  }

  /** Whether the solution ends with this node. */
  public boolean isTerminal(Node node) {
    return node.parent != Node.NONE && representative(node).isTerminal();
  }

  /** The representatives from the first step to the node's. */
  public List<String> steps(Node node) {
    List<String> steps = new ArrayList<>();
    for (Node at = node; at.parent != Node.NONE; at = nodes.get(at.parent)) {
      steps.add(representative(at).text());
    }
    Collections.reverse(steps);
    return steps;
  }

  /** Keeps the samples of a node's continuation. */
  public void propose(Node node, List<Candidate> candidates) {
    require(node, Stage.LEAF);
    node.candidates = List.copyOf(candidates);
    node.stage = Stage.PROPOSED;
    node.failures = 0;
  }

  /** Makes the classes the node's children. */
  public void group(Node node, Grouping grouping) {
    require(node, Stage.PROPOSED);
    double[] priors = Priors.of(node.candidates, grouping);
    node.grouping = grouping;
    node.firstChild = nodes.size();
    node.childCount = priors.length;
    for (int i = 0; i < priors.length; i++) {
      nodes.add(new Node(nodes.size(), node.id, node.depth + 1, i, priors[i]));
    }
    node.stage = Stage.GROUPED;
  }

  /** Lets another node of the same depth be explored in a new one's stead. */
  public void link(Node node, Node to) {
    if (node.depth != to.depth || to.sameAs != Node.NONE || node.stage != Stage.LEAF) {
      throw new IllegalArgumentException("cannot link " + node.id + " to " + to.id);
    }
    node.sameAs = to.id;
    repeats.computeIfAbsent(to.id, id -> new ArrayList<>()).add(node.id);
  }

  public void score(Node node, double score) {
    node.score = score;
  }

  public void answer(Node node, String answer) {
    node.answer = answer;
  }

  /** Ends an expansion: the children can be visited. */
  public void expand(Node node) {
    require(node, Stage.GROUPED);
    node.stage = Stage.EXPANDED;
    node.failures = 0;
    children(node).forEach(this::close);
    update(node);
  }

  /** Counts a failed expansion. */
  public void fail(Node node) {
    node.failures++;
    update(node);
  }

  /** Backs a value up through one node. */
  public void visit(Node node, double value) {
    node.visits++;
    node.valueSum += value;
  }

  private void close(Node node) {
    if (node.sameAs != Node.NONE) {
      Node explored = nodes.get(node.sameAs);
      node.isExhausted = explored.isExhausted;
      node.isDead = explored.isDead;
    } else if (isTerminal(node)) {
      node.isExhausted = true;
      node.isDead = node.score == 0;
    } else if (node.depth >= maxDepth) {
      node.isExhausted = true;
      node.isDead = true;
    }
  }

  /** Recomputes what a node's children decide, and goes up where it changes. */
  private void update(Node node) {
    boolean isExhausted = node.failures >= MAX_FAILURES;
    boolean isDead = isExhausted;
    if (node.stage == Stage.EXPANDED) {
      isExhausted = true;
      isDead = true;
      for (Node child : children(node)) {
        isExhausted &= child.isExhausted;
        isDead &= child.isDead;
      }
    }
    if (isExhausted != node.isExhausted || isDead != node.isDead) {
      node.isExhausted = isExhausted;
      node.isDead = isDead;
      if (node.parent != Node.NONE) {
        updateExpanded(nodes.get(node.parent));
      }
      for (int repeat : repeats.getOrDefault(node.id, List.of())) {
        Node same = nodes.get(repeat);
        same.isExhausted = isExhausted;
        same.isDead = isDead;
        updateExpanded(nodes.get(same.parent));
      }
    }
  }

  private void updateExpanded(Node node) {
    if (node.stage == Stage.EXPANDED) {
      update(node);
    }
  }

  private static Grouping grouping(Node node) {
    Grouping grouping = node.grouping;
    if (grouping == null) {
      throw new IllegalStateException("node " + node.id + " has no children");
    }
    return grouping;
  }

  private static void require(Node node, Stage stage) {
    if (node.stage != stage) {
      throw new IllegalStateException("node " + node.id + " is " + node.stage);
    }
  }
}
