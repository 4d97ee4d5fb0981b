package dev.espalier.search.upstream;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.port.CallMeter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A meter that allows so many calls and remembers each of them. */
public final class RecordingMeter implements CallMeter {

  private final List<Metered> calls = new ArrayList<>();
  private final int allowed;

  public RecordingMeter() {
    this(Integer.MAX_VALUE);
  }

  public RecordingMeter(int allowed) {
    this.allowed = allowed;
  }

  @Override
  public synchronized Call start(CallKind kind, Usage atMost, Price price, boolean isRetry) {
    if (calls.size() == allowed) {
      throw new BudgetExhaustedException(StopReason.CALLS);
    }
    Metered call = new Metered(kind, atMost, isRetry);
    calls.add(call);
    return call;
  }

  /** All calls; fails where one was not ended exactly once. */
  public synchronized List<Metered> calls() {
    for (Metered call : calls) {
      if (call.ends != 1) {
        throw new AssertionError("a call was ended " + call.ends + " times");
      }
    }
    return List.copyOf(calls);
  }

  public List<String> failures() {
    return calls().stream().filter(c -> c.failure != null).map(c -> c.failure).toList();
  }

  public Usage spent() {
    return calls().stream().map(c -> c.usage).reduce(Usage.NONE, Usage::plus);
  }

  /** One call. */
  public static final class Metered implements Call {

    public final CallKind kind;
    public final Usage atMost;
    public final boolean isRetry;
    public Usage usage = Usage.NONE;
    public @Nullable String failure;
    private int ends;

    Metered(CallKind kind, Usage atMost, boolean isRetry) {
      this.kind = kind;
      this.atMost = atMost;
      this.isRetry = isRetry;
    }

    @Override
    public synchronized void succeed(Usage spent) {
      ends++;
      usage = spent;
    }

    @Override
    public synchronized void fail(Usage spent, String code) {
      ends++;
      usage = spent;
      failure = code;
    }
  }
}
