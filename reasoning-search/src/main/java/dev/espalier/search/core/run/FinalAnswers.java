package dev.espalier.search.core.run;

import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.port.AnswerReader;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.strategy.Answer;
import dev.espalier.search.core.strategy.SearchStrategy;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answers of finished solutions. Of answers that are the same, the spelling that came first
 * stands for all, so that whoever counts them later only compares texts.
 */
final class FinalAnswers {

  private final SearchTree tree;
  private final Recorded recorded;
  private final Map<String, String> spellings = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final List<String> unkeyed = new ArrayList<>();
  private Optional<Node> proven = Optional.empty();

  FinalAnswers(SearchTree tree, Recorded recorded) {
    this.tree = tree;
    this.recorded = recorded;
  }

  /** Gives a strategy all that is recorded, as far as its needs are met without a gap. */
  void replay(SearchStrategy strategy) {
    boolean isComplete = true;
    while (isComplete) {
      List<Need> needs = strategy.next();
      isComplete = !needs.isEmpty();
      for (Need need : needs) {
        Optional<Answer> answer = recorded.answer(need);
        isComplete &= answer.isPresent();
        answer.ifPresent(given -> strategy.accept(need, given));
        readRecorded(tree.node(need.node()));
      }
    }
  }

  private void readRecorded(Node parent) {
    for (Node child : tree.children(parent)) {
      if (child.answer() == null && child.isScored()) {
        recorded.finalAnswer(child.id()).ifPresent(answer -> take(child, answer));
      }
    }
  }

  /**
   * Reads the answers of a node's children, and returns those that are new.
   *
   * @param isProof whether a score of 1 proves an answer; then it keeps its own spelling, because
   *     one of equal value that came first, such as another expression, may be wrong
   */
  List<SearchEvent.AnswerFound> read(Node parent, AnswerReader reader, boolean isProof) {
    readRecorded(parent);
    List<SearchEvent.AnswerFound> found = new ArrayList<>();
    for (Node child : tree.children(parent)) {
      if (child.answer() == null && child.isScored() && tree.isTerminal(child)) {
        reader
            .read(tree.steps(child))
            .map(answer -> isProof && child.score() == 1 ? answer : spelling(answer, reader))
            .ifPresent(
                answer -> {
                  take(child, answer);
                  found.add(new SearchEvent.AnswerFound(child.id(), answer, child.score()));
                });
      }
    }
    return found;
  }

  private void take(Node node, String answer) {
    tree.answer(node, answer);
    if (texts.add(answer)) {
      unkeyed.add(answer);
    }
    if (node.score() == 1 && proven.isEmpty()) {
      proven = Optional.of(node);
    }
  }

  private String spelling(String answer, AnswerReader reader) {
    unkeyed.forEach(known -> spellings.putIfAbsent(reader.key(known), known));
    unkeyed.clear();
    return spellings.getOrDefault(reader.key(answer), answer);
  }

  /** The first solution with a score of exactly 1. */
  Optional<Node> proven() {
    return proven;
  }
}
