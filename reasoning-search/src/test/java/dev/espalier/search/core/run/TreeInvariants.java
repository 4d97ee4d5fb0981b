package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.Node.Stage;
import dev.espalier.search.core.tree.SearchTree;
import java.util.List;

/** What holds of every tree, whatever was searched and however it ended. */
final class TreeInvariants {

  private TreeInvariants() {}

  static void validate(SearchTree tree) {
    for (Node node : tree.nodes()) {
      children(tree, node);
      if (node.parent() >= 0) {
        members(tree, node);
      }
      node.sameAs()
          .ifPresent(
              id -> {
                Node other = tree.node(id);
                assertEquals(node.depth(), other.depth());
                assertTrue(other.sameAs().isEmpty(), "a link leads to a link");
                assertEquals(0, node.childCount(), "explored twice");
              });
      if (node.isDead()) {
        assertTrue(node.isExhausted());
      }
    }
  }

  private static void children(SearchTree tree, Node node) {
    List<Node> children = tree.children(node);
    assertTrue(node.depth() < tree.maxDepth() || children.isEmpty(), "deeper than allowed");
    if (tree.isTerminal(node)) {
      assertTrue(children.isEmpty(), "a terminal step goes on");
    }
    if (!children.isEmpty()) {
      double priors = children.stream().mapToDouble(Node::prior).sum();
      assertEquals(1, priors, 1e-9, "the mass of the samples is not kept");
      int samples = children.stream().mapToInt(tree::multiplicity).sum();
      assertEquals(node.candidates().size(), samples, "a sample is in no class");
    }
    if (node.stage() == Stage.EXPANDED) {
      assertEquals(children.stream().allMatch(Node::isExhausted), node.isExhausted());
      assertEquals(children.stream().allMatch(Node::isDead), node.isDead());
    }
    for (Node child : children) {
      assertEquals(node.id(), child.parent());
      assertTrue(child.id() > node.id());
    }
  }

  private static void members(SearchTree tree, Node node) {
    List<Candidate> members = tree.members(node);
    World.Answers reader = new World.Answers();
    for (Candidate member : members) {
      assertEquals(members.get(0).isTerminal(), member.isTerminal(), "terminal and not");
      assertEquals(
          reader.read(List.of(members.get(0).text())),
          reader.read(List.of(member.text())),
          "other answers");
    }
    assertFalse(node.value() < 0 || node.value() > 1);
  }
}
