package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergeGuardTest {

  private final MergeGuard guard = new MergeGuard(new World.Answers());

  private static Need.Group need(String... texts) {
    return new Need.Group(
        0,
        0,
        List.of(),
        Stream.of(texts)
            .map(text -> new Candidate(text, null, 1, World.isTerminal(text), null))
            .toList());
  }

  private List<List<Integer>> guarded(Need.Group need) {
    List<Integer> all = IntStream.range(0, need.candidates().size()).boxed().toList();
    Grouping grouping =
        new Grouping(List.of(new StepClass(0, all, "s", List.of())), "detector", null);
    return guard.apply(need, grouping).classes().stream().map(StepClass::members).toList();
  }

  @Test
  void keepsEndingsApartFromStepsThatGoOn() {
    assertEquals(List.of(List.of(1), List.of(0)), guarded(need("2~a", "2~a=2")));
  }

  @Test
  void keepsOtherAnswersApartAndSameOnesTogether() {
    assertEquals(List.of(List.of(0, 2), List.of(1)), guarded(need("2~a=7", "2~a=8", "2~b=07")));
  }

  @Test
  void keepsAnEndingWithoutAnAnswerApart() {
    assertEquals(List.of(List.of(0), List.of(1)), guarded(need("2~a=7", "2~a=")));
  }

  @Test
  void refusesWhatIsNoPartition() {
    Grouping grouping =
        new Grouping(List.of(new StepClass(0, List.of(0), null, List.of())), null, null);
    assertThrows(IllegalArgumentException.class, () -> guard.apply(need("2~a", "3~a"), grouping));
  }
}
