package dev.espalier.search.core.arithmetic;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.CallMeter;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.tree.Candidate;
import java.util.List;

/**
 * Proposes legal moves of a number puzzle as a language model would word them, mistakes and
 * repetitions included. Needs no model and costs nothing; the ledger is kept as if one had been
 * asked once for all samples of a node, with tokens estimated from the length of the texts.
 *
 * <p>The moves of a node are drawn without replacement, the likelier ones first, and the
 * repetitions come on top at the rate of the {@link Habits}. The same seed gives the same samples.
 */
public final class ArithmeticProposer implements StepProposer {

  /** What a model would be told before the problem; it counts as prompt. */
  private static final String INSTRUCTION =
      "Combine two of the numbers left with +, -, * or /, and write one step as"
          + " \"a + b = c (left: the numbers left)\". When one number is left, add a line with the"
          + " whole expression as the answer.\n\n";

  private final Habits habits;

  public ArithmeticProposer(Habits habits) {
    this.habits = habits;
  }

  @Override
  public List<Candidate> propose(String problem, Need.Propose need, CallContext context) {
    ArithmeticState state = state(problem, need.steps());
    List<Candidate> samples =
        state.isEnd() ? List.of() : new StepSampler(state, habits, need.seed()).draw(need.count());
    int prompt = TextTokens.in(INSTRUCTION + problem + "\n" + String.join("\n", need.steps()));
    Usage usage = new Usage(prompt, samples.stream().mapToInt(Candidate::tokens).sum(), true);
    CallMeter.Call call = context.meter().start(CallKind.PROPOSE, usage, Price.FREE, false);
    call.succeed(usage);
    return samples;
  }

  private static ArithmeticState state(String problem, List<String> steps) {
    ArithmeticProblem puzzle =
        ArithmeticProblem.parse(problem)
            .orElseThrow(
                () -> new UpstreamException("upstream.refused", "not a number puzzle", null));
    return ArithmeticState.after(puzzle, steps)
        .orElseThrow(
            () -> new UpstreamException("upstream.malformed", "a step is not a move", null));
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
