package dev.espalier.search.core.run;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.CallMeter;
import dev.espalier.search.core.tree.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gives leave for the calls of one need, as far as the budget goes. The first end of a call counts.
 * A call that nobody ended when its need is over is taken for failed, at the most that it may have
 * cost, so that nothing stays reserved.
 */
final class BudgetMeter implements CallMeter, AutoCloseable {

  private final Journal journal;
  private final int need;
  private final boolean isPaid;
  private final List<MeteredCall> calls = new ArrayList<>();

  BudgetMeter(Journal journal, int need, boolean isPaid) {
    this.journal = journal;
    this.need = need;
    this.isPaid = isPaid;
  }

  @Override
  public Call start(CallKind kind, Usage atMost, Price price, boolean isRetry) {
    int id = journal.start(need, kind, atMost, price, isRetry, isPaid);
    MeteredCall call = new MeteredCall(id, atMost, price);
    synchronized (calls) {
      calls.add(call);
    }
    return call;
  }

  @Override
  public void close() {
    List<MeteredCall> all;
    synchronized (calls) {
      all = List.copyOf(calls);
    }
    all.forEach(MeteredCall::abandon);
  }

  private final class MeteredCall implements Call {

    private final int id;
    private final Usage atMost;
    private final Price price;
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    MeteredCall(int id, Usage atMost, Price price) {
      this.id = id;
      this.atMost = atMost;
      this.price = price;
    }

    @Override
    public void succeed(Usage usage) {
      end(usage, null, List.of());
    }

    @Override
    public void succeed(Usage usage, List<Candidate> samples) {
      end(usage, null, isPaid ? samples : List.of());
    }

    @Override
    public void fail(Usage usage, String code) {
      end(usage, code, List.of());
    }

    void abandon() {
      end(atMost, "upstream.abandoned", List.of());
    }

    private void end(Usage usage, @Nullable String failure, List<Candidate> samples) {
      if (hasEnded.compareAndSet(false, true)) {
        journal.end(id, usage, price, failure, samples);
      }
    }
  }
}
