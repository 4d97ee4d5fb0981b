package dev.espalier.search.core.group;

import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.List;
import java.util.stream.IntStream;

/** Merges nothing: the control arm. */
public final class NoGrouper implements StepGrouper {

  @Override
  public Grouping group(String problem, Need.Group need, CallContext context) {
    List<StepClass> classes =
        IntStream.range(0, need.candidates().size())
            .mapToObj(i -> new StepClass(i, List.of(i), null, List.of()))
            .toList();
    return new Grouping(classes, null, null);
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
