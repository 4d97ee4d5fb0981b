package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.answer.StatedAnswers;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import dev.espalier.search.core.tree.StepClass;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FinalAnswersTest {

  private final SearchTree tree = new SearchTree(5);
  private final StatedAnswers reader = new StatedAnswers();
  private final FinalAnswers answers = new FinalAnswers(tree, Recorded.of(List.of()));

  @Test
  void letsTheFirstSpellingStandForAllThatAreTheSame() {
    // Given
    ends(0.9, "\\boxed{1/2}", "\\boxed{0.5}", "\\boxed{3}", "\\boxed{\\frac{1}{2}}");
    // When
    List<SearchEvent.AnswerFound> found = answers.read(tree.root(), reader, false);
    // Then
    assertEquals(List.of("1/2", "1/2", "3", "1/2"), texts(found));
    assertTrue(answers.proven().isEmpty());
  }

  @Test
  void aProvenAnswerKeepsItsOwnSpelling() {
    // Given an expression of the same value that uses the wrong numbers, before and after it
    ends(0, "Answer: 4 * 6 = 24", "Answer: 3 * 8 = 24", "Answer: 2 * 12 = 24");
    tree.score(tree.node(2), 1);
    // When
    List<SearchEvent.AnswerFound> found = answers.read(tree.root(), reader, true);
    // Then
    assertEquals(List.of("4 * 6 = 24", "3 * 8 = 24", "4 * 6 = 24"), texts(found));
    assertEquals(2, answers.proven().map(Node::id).orElseThrow());
  }

  @Test
  void aScoreOfOneIsNoProofWhereTheScorerOnlyJudges() {
    // Given
    ends(1, "\\boxed{1/2}", "\\boxed{0.5}");
    // When
    List<SearchEvent.AnswerFound> found = answers.read(tree.root(), reader, false);
    // Then
    assertEquals(List.of("1/2", "1/2"), texts(found));
  }

  private void ends(double score, String... texts) {
    tree.propose(
        tree.root(),
        Stream.of(texts).map(text -> new Candidate(text, null, 1, true, null)).toList());
    tree.group(
        tree.root(),
        new Grouping(
            IntStream.range(0, texts.length)
                .mapToObj(i -> new StepClass(i, List.of(i), null, List.of()))
                .toList(),
            null,
            null));
    tree.children(tree.root()).forEach(child -> tree.score(child, score));
  }

  private static List<String> texts(List<SearchEvent.AnswerFound> found) {
    return found.stream().map(SearchEvent.AnswerFound::answer).toList();
  }
}
