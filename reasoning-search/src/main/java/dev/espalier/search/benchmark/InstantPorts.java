package dev.espalier.search.benchmark;

import dev.espalier.search.core.port.AnswerReader;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.run.SearchPorts;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Ports that answer at once: random steps, each its own class, random scores. */
final class InstantPorts implements StepProposer, StepGrouper, StepScorer, AnswerReader {

  private final Random random;

  InstantPorts(long seed) {
    this.random = new Random(seed);
  }

  SearchPorts ports() {
    return new SearchPorts(this, this, this, this);
  }

  @Override
  public List<Candidate> propose(String problem, Need.Propose need, CallContext context) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < need.count(); i++) {
      String text = "Step " + random.nextInt() + ": so we get " + random.nextInt() + ".";
      candidates.add(new Candidate(text, -random.nextDouble(), 12, false, null));
    }
    return candidates;
  }

  @Override
  public Grouping group(String problem, Need.Group need, CallContext context) {
    List<StepClass> classes = new ArrayList<>();
    for (int i = 0; i < need.candidates().size(); i++) {
      classes.add(new StepClass(i, List.of(i), null, List.of()));
    }
    return new Grouping(classes, null, null);
  }

  @Override
  public List<Double> score(String problem, Need.Score need, CallContext context) {
    return need.representatives().stream().map(step -> random.nextDouble()).toList();
  }

  @Override
  public Optional<String> read(List<String> steps) {
    return Optional.empty();
  }

  @Override
  public String key(String answer) {
    return answer;
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
