package dev.espalier.search.core.group;

import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.tree.Grouping;
import java.util.regex.Pattern;

/** Merges candidates with equal text, up to white space. */
public final class VerbatimGrouper implements StepGrouper {

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  @Override
  public Grouping group(String problem, Need.Group need, CallContext context) {
    return KeyedClasses.of(
        need.candidates(),
        "verbatim",
        step ->
            (step.isTerminal() ? "end " : "step ")
                + WHITE_SPACE.matcher(step.text().strip()).replaceAll(" "));
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
