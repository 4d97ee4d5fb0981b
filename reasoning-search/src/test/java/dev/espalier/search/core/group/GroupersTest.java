package dev.espalier.search.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.search.core.FreeCalls;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.StepClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupersTest {

  private static final List<Candidate> CANDIDATES =
      List.of(
          step("2 + 2 = 4", false),
          step(" 2 + 2\n= 4 ", false),
          step("4 = 2 + 2", false),
          step("2 + 2 = 4", true),
          step("The answer is 4.", true),
          step("The answer is 5.", true));

  @Test
  void noneMergesNothing() {
    assertEquals(
        List.of(List.of(0), List.of(1), List.of(2), List.of(3), List.of(4), List.of(5)),
        classes(new NoGrouper()));
  }

  @Test
  void verbatimLooksThroughWhiteSpaceOnly() {
    assertEquals(
        List.of(List.of(0, 1), List.of(2), List.of(3), List.of(4), List.of(5)),
        classes(new VerbatimGrouper()));
  }

  @Test
  void everythingKeepsEndsAndTheirAnswersApart() {
    assertEquals(
        List.of(List.of(0, 1, 2), List.of(3, 4), List.of(5)), classes(new EverythingGrouper()));
  }

  private static List<List<Integer>> classes(StepGrouper grouper) {
    return grouper
        .group("problem", new Need.Group(0, 0, List.of(), CANDIDATES), new FreeCalls().context())
        .classes()
        .stream()
        .map(StepClass::members)
        .toList();
  }

  private static Candidate step(String text, boolean isTerminal) {
    return new Candidate(text, null, 1, isTerminal, null);
  }
}
