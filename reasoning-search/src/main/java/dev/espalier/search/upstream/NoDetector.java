package dev.espalier.search.upstream;

import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.tree.Grouping;

/** Groups by text where no detector is configured, and says so. */
record NoDetector(StepGrouper verbatim) implements StepGrouper {

  @Override
  public Grouping group(String problem, Need.Group need, CallContext context) {
    return new Grouping(
        verbatim.group(problem, need, context).classes(), null, "detector.not_configured");
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
