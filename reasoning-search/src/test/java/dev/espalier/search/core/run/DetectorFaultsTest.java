package dev.espalier.search.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A detector that errs or is away costs savings, never the search. */
class DetectorFaultsTest {

  enum Fault implements StepGrouper {
    ALWAYS_YES,
    ALWAYS_NO,
    ASYMMETRIC,
    DOWN,
    SLOW,
    DEFECT,
    NO_PARTITION,
    DOWN_AT_TIMES;

    private final Random random = new Random(6);

    @Override
    public Grouping group(String problem, Need.Group need, CallContext context) {
      int size = need.candidates().size();
      List<Integer> all = IntStream.range(0, size).boxed().toList();
      return switch (this) {
        case ALWAYS_YES -> grouping(List.of(all));
        case ALWAYS_NO -> grouping(all.stream().map(List::of).toList());
        case ASYMMETRIC -> {
          int cut = random.nextInt(size);
          List<List<Integer>> parts = new ArrayList<>();
          parts.add(all.subList(0, cut));
          parts.add(all.subList(cut, size));
          parts.removeIf(List::isEmpty);
          yield grouping(parts);
        }
        case DOWN -> throw new UpstreamException("upstream.unavailable", "scripted", null);
        case SLOW -> throw new UpstreamException("upstream.timeout", "scripted", null);
        case DEFECT -> throw new IllegalStateException("scripted");
        case NO_PARTITION -> grouping(List.of(List.of(0, 0), List.of(size)));
        case DOWN_AT_TIMES -> {
          if (random.nextBoolean()) {
            throw new UpstreamException("upstream.unavailable", "scripted", null);
          }
          yield grouping(all.stream().map(List::of).toList());
        }
      };
    }

    private static Grouping grouping(List<List<Integer>> classes) {
      return new Grouping(
          classes.stream()
              .map(members -> new StepClass(members.get(0), members, "same", List.of()))
              .toList(),
          "scripted",
          null);
    }

    @Override
    public boolean isFree() {
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void goesOnWhateverTheDetectorDoes(Fault fault) {
    for (int i = 0; i < 12; i++) {
      // Given
      SearchSpec spec = Runs.spec(Runs.strategy(i), i % 2 == 0, i);
      // When
      SearchState state =
          Runs.run(spec, new World(i, 4).ports(fault), new Runs.MemoryLog(), List.of()).run();
      // Then
      TreeInvariants.validate(state.tree());
      assertTrue(state.answer().isPresent(), "seed " + i);
      switch (fault) {
        case DOWN -> assertEquals("upstream.unavailable", state.pruning().unavailable());
        case SLOW -> assertEquals("upstream.timeout", state.pruning().unavailable());
        case DEFECT, NO_PARTITION ->
            assertEquals("search.port_broken", state.pruning().unavailable());
        case DOWN_AT_TIMES ->
            assertEquals(state.pruning().detector() == null, state.pruning().unavailable() != null);
        default -> assertNull(state.pruning().unavailable());
      }
    }
  }
}
