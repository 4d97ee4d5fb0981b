package dev.espalier.search.evaluation.arms;

import dev.espalier.equivalence.artefact.DetectorArtefact;
import dev.espalier.equivalence.core.EquivalenceDetector;
import dev.espalier.equivalence.core.compare.StepEncoder;
import dev.espalier.equivalence.core.group.Group;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The detector that is shipped, in this process and without its judge. */
public final class DetectorGrouper implements StepGrouper {

  private final EquivalenceDetector detector;

  public DetectorGrouper(StepEncoder encoder) {
    this.detector = new EquivalenceDetector(DetectorArtefact.shipped().combiner(), encoder);
  }

  @Override
  public Grouping group(String problem, Need.Group need, CallContext context) {
    List<dev.espalier.equivalence.core.group.Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < need.candidates().size(); i++) {
      Candidate step = need.candidates().get(i);
      candidates.add(
          new dev.espalier.equivalence.core.group.Candidate(
              Integer.toString(i),
              step.text(),
              Optional.ofNullable(step.logProbability()),
              step.isTerminal(),
              1));
    }
    List<StepClass> classes =
        detector
            .group(problem, need.steps(), candidates, detector.defaultThreshold(), Optional.empty())
            .groups()
            .stream()
            .map(DetectorGrouper::stepClass)
            .toList();
    return new Grouping(classes, "in process", null);
  }

  private static StepClass stepClass(Group group) {
    return new StepClass(
        Integer.parseInt(group.representative()),
        group.members().stream().map(Integer::valueOf).toList(),
        group.signature(),
        List.of());
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
