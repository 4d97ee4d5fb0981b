package dev.espalier.search.upstream.recorded;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.CallMeter;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.upstream.recorded.Recording.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Writes down what a proposer answers, so that it can be replayed. A line that cannot be written is
 * logged: the search does not fail for it.
 */
public final class Recorder {

  private static final Logger LOG = Logger.getLogger(Recorder.class);

  private final Path file;

  public Recorder(Path file) {
    this.file = file;
  }

  /** The proposer, listened to. */
  public StepProposer recording(StepProposer proposer) {
    return new Recorded(proposer);
  }

  private synchronized void write(Recording recording) {
    try {
      Files.writeString(
          file, recording.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.errorf(e, "the recording %s cannot be written", file);
    }
  }

  private final class Recorded implements StepProposer {

    private final StepProposer proposer;

    Recorded(StepProposer proposer) {
      this.proposer = proposer;
    }

    @Override
    public List<Candidate> propose(String problem, Need.Propose need, CallContext context) {
      Counting counting = new Counting(context.meter());
      List<Candidate> candidates =
          proposer.propose(
              problem,
              need,
              new CallContext(context.tenant(), context.requestId(), context.deadline(), counting));
      Usage spent = counting.spent();
      write(
          new Recording(
              RequestHash.of(problem, need),
              spent.promptTokens(),
              spent.completionTokens(),
              candidates.stream().map(Sample::of).toList()));
      return candidates;
    }

    @Override
    public boolean isFree() {
      return proposer.isFree();
    }
  }

  /** Passes everything on, and adds up what answers cost. */
  private static final class Counting implements CallMeter {

    private final CallMeter meter;
    private Usage spent = Usage.NONE;

    Counting(CallMeter meter) {
      this.meter = meter;
    }

    synchronized Usage spent() {
      return spent;
    }

    private synchronized void add(Usage usage) {
      spent = spent.plus(usage);
    }

    @Override
    public Call start(CallKind kind, Usage atMost, Price price, boolean isRetry) {
      Call call = meter.start(kind, atMost, price, isRetry);
      return new Call() {
        @Override
        public void succeed(Usage usage) {
          add(usage);
          call.succeed(usage);
        }

        @Override
        public void succeed(Usage usage, List<Candidate> samples) {
          add(usage);
          call.succeed(usage, samples);
        }

        @Override
        public void fail(Usage usage, String code) {
          call.fail(usage, code);
        }
      };
    }
  }
}
