package dev.espalier.search.upstream.recorded;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.UpstreamException;
import dev.espalier.search.core.tree.Candidate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Answers from a file that a {@link Recorder} wrote. The tokens are those that the recorded answer
 * cost, at no price. What was not recorded is an error, never an invented answer.
 */
public final class RecordedProposer implements StepProposer {

  private final Map<String, Recording> recordings;

  /**
   * @throws IllegalArgumentException where the file cannot be read
   */
  public RecordedProposer(Path file) {
    recordings = Recording.read(file);
  }

  @Override
  public List<Candidate> propose(String problem, Need.Propose need, CallContext context) {
    Recording recording = recordings.get(RequestHash.of(problem, need));
    if (recording == null) {
      throw new UpstreamException(
          "upstream.no_recording", "the recording has no answer to this request", null);
    }
    Usage usage = new Usage(recording.promptTokens(), recording.completionTokens(), false);
    context.meter().start(CallKind.PROPOSE, usage, Price.FREE, false).succeed(usage);
    return recording.candidates();
  }

  @Override
  public boolean isFree() {
    return true;
  }
}
