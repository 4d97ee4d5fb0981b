package dev.espalier.equivalence.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.espalier.equivalence.Detectors;
import dev.espalier.equivalence.core.EquivalenceDetector.Grouped;
import dev.espalier.equivalence.core.compare.PairJudge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepGroupsTest {

  private static final String PROBLEM = "Ann has 4 boxes with 12 pencils each.";

  @Test
  void sumsMultiplicityAndProbabilityIntoTheGroup() {
    Group group =
        group(
                candidate("a", "Ann has 4*12 = 48 pencils.", -1, 2),
                candidate("b", "Ann has 12*4 = 48 pencils.", -1, 3))
            .get(0);

    assertEquals(List.of("b", "a"), group.members());
    assertEquals(5, group.multiplicity());
    assertEquals(Math.log(2 * Math.exp(-1)), group.logProbability().orElseThrow(), 1e-9);
  }

  @Test
  void representsAGroupByTheMoreProbableOfEquallyFrequentMembers() {
    Group group =
        group(
                candidate("a", "Ann has 4*12 = 48 pencils.", -2, 1),
                candidate("b", "Ann has 12*4 = 48 pencils.", -1, 1))
            .get(0);

    assertEquals("b", group.representative());
  }

  @Test
  void keepsATerminalStepApartFromOneThatIsNot() {
    Candidate open = new Candidate("a", "Ann has 48 pencils.", Optional.empty(), false, 1);
    Candidate closed = new Candidate("b", "Ann has 48 pencils.", Optional.empty(), true, 1);

    assertEquals(2, group(open, closed).size());
  }

  @Test
  void keepsTerminalStepsWithOtherAnswersApart() {
    Candidate a = new Candidate("a", "The answer is $\\boxed{48}$", Optional.empty(), true, 1);
    Candidate b = new Candidate("b", "The answer is $\\boxed{46}$", Optional.empty(), true, 1);
    Candidate c = new Candidate("c", "The answer is $\\boxed{48.0}$", Optional.empty(), true, 1);

    assertEquals(
        List.of(List.of("a", "c"), List.of("b")),
        group(a, b, c).stream().map(Group::members).toList());
  }

  @Test
  void meetsTheSameStateOnAnotherBranch() {
    StateSignature one = new StateSignature(PROBLEM, List.of("4 * 12 = 48 pencils"));
    StateSignature other = new StateSignature(PROBLEM, List.of("She gives away 5 + 4 = 9 pencils"));

    assertEquals(
        one.after("She gives away 4 + 5 = 9 pencils."), other.after("Ann has 12 * 4 = 48 pencils"));
    assertNotEquals(one.after("5 + 5 = 10 pencils"), other.after("Ann has 12 * 4 = 48 pencils"));
  }

  @Test
  void asksTheJudgeOnceAboutAllUndecidedPairs() {
    List<List<PairJudge.Question>> batches = new ArrayList<>();
    PairJudge judge =
        questions -> {
          batches.add(questions);
          return new PairJudge.Answer(
              questions.stream().map(q -> Optional.of(5)).toList(),
              new PairJudge.Usage(1, 10, 2, false),
              Optional.empty());
        };

    Grouped grouped =
        Detectors.lexical()
            .group(
                PROBLEM,
                List.of(),
                List.of(
                    candidate("a", "We can put all pencils on the table.", -1, 1),
                    candidate("b", "All pencils can be put on a big table.", -1, 1),
                    candidate("c", "We can see all pencils on the big table.", -1, 1)),
                0.99,
                Optional.of(judge));

    assertEquals(1, batches.size());
    assertEquals(1, grouped.usage().calls());
    assertEquals(
        batches.get(0).size(),
        grouped.verdicts().stream().filter(v -> v.reason().equals("judged_5")).count());
  }

  private static List<Group> group(Candidate... candidates) {
    return Detectors.lexical()
        .group(PROBLEM, List.of(), List.of(candidates), 0.7, Optional.empty())
        .groups();
  }

  private static Candidate candidate(String id, String text, double log, int multiplicity) {
    return new Candidate(id, text, Optional.of(log), false, multiplicity);
  }
}
