package dev.espalier.search.evaluation.gsm8k;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.tree.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Samples steps from recorded solutions of one problem. At the root each sample is the beginning of
 * a solution drawn at random, with replacement. Elsewhere a member of the node's class is drawn,
 * and the solution that it comes from is continued by its own next step. So what follows a step
 * never depends on the detector, except through what it merged.
 *
 * <p>Tokens are a quarter of the characters. One call serves all samples of a node; the prompt is
 * the problem and the steps so far.
 */
final class ReplayProposer implements StepProposer {

  private static final int CHARACTERS_PER_TOKEN = 4;

  private final List<Solution> solutions;

  ReplayProposer(List<Solution> solutions) {
    this.solutions = List.copyOf(solutions);
  }

  @Override
  public List<Candidate> propose(String problem, Need.Propose need, CallContext context) {
    Random random = new Random(need.seed());
    List<Candidate> members = new ArrayList<>(need.alternatives());
    Collections.shuffle(members, random);
    List<Candidate> samples = new ArrayList<>();
    for (int i = 0; i < need.count(); i++) {
      samples.add(
          members.isEmpty()
              ? step(random.nextInt(solutions.size()), 0)
              : after(members.get(i % members.size())));
    }
    int prompt = tokens(problem + "\n" + String.join("\n", need.steps()));
    Usage usage = new Usage(prompt, samples.stream().mapToInt(Candidate::tokens).sum(), true);
    context.meter().start(CallKind.PROPOSE, usage, Price.FREE, false).succeed(usage);
    return samples;
  }

  private Candidate after(Candidate member) {
    String[] source = String.valueOf(member.source()).split(":");
    return step(Integer.parseInt(source[0]), Integer.parseInt(source[1]) + 1);
  }

  private Candidate step(int solution, int index) {
    List<String> steps = solutions.get(solution).steps();
    String text = steps.get(index);
    return new Candidate(
        text, null, tokens(text), index == steps.size() - 1, solution + ":" + index);
  }

  private static int tokens(String text) {
    return (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
