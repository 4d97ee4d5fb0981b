package dev.espalier.search.core;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.CallMeter;
import java.time.Instant;

/** A meter without a limit that adds up what was spent. */
public final class FreeCalls implements CallMeter {

  private int calls;
  private Usage spent = Usage.NONE;

  public CallContext context() {
    return new CallContext("tenant", "request", Instant.MAX, this);
  }

  public int calls() {
    return calls;
  }

  public Usage spent() {
    return spent;
  }

  @Override
  public Call start(CallKind kind, Usage atMost, Price price, boolean isRetry) {
    calls++;
    return new Call() {
      @Override
      public void succeed(Usage usage) {
        spent = spent.plus(usage);
      }

      @Override
      public void fail(Usage usage, String code) {
        spent = spent.plus(usage);
      }
    };
  }
}
