package dev.espalier.search.core.ledger;

import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search has cost, by cause, from its events. Samples that were merged away are taken out of
 * {@link Cause#PROPOSED} with their completion tokens once it is known that they were; their calls
 * and prompts stay there. Not for use by several threads at once.
 */
public final class Ledger {

  private record Samples(int need, List<Candidate> candidates) {}

  private final Map<Cause, Spending> byCause = new EnumMap<>(Cause.class);
  private final Map<Integer, SearchEvent.CallStarted> open = new HashMap<>();
  private final Map<Integer, Spending> byNeed = new HashMap<>();
  private final Map<Integer, Spending> lastFailure = new HashMap<>();
  private final Map<Integer, Price> prices = new HashMap<>();
  private final Map<Integer, Samples> ungrouped = new HashMap<>();
  private int nextCall;
  private long activeMillis;

  public static Ledger of(List<SearchEvent> events) {
    Ledger ledger = new Ledger();
    events.forEach(ledger::apply);
    return ledger;
  }

  public void apply(SearchEvent event) {
    if (event instanceof SearchEvent.Claimed) {
      loseOpenCalls();
    } else if (event instanceof SearchEvent.CallStarted started) {
      start(started);
    } else if (event instanceof SearchEvent.CallEnded ended) {
      end(ended);
    } else if (event instanceof SearchEvent.Proposed proposed) {
      ungrouped.put(proposed.node(), new Samples(proposed.need(), proposed.candidates()));
    } else if (event instanceof SearchEvent.Grouped grouped) {
      attribute(ungrouped.remove(grouped.node()), grouped.grouping());
    } else if (event instanceof SearchEvent.Finished finished) {
      activeMillis = Math.max(activeMillis, finished.activeMillis());
      loseOpenCalls();
    }
  }

  /** Writes off the calls that nobody will end. */
  public void loseOpenCalls() {
    for (SearchEvent.CallStarted call : open.values()) {
      add(Cause.LOST, call.need(), atMost(call));
    }
    open.clear();
  }

  private void start(SearchEvent.CallStarted call) {
    nextCall = Math.max(nextCall, call.call() + 1);
    activeMillis = Math.max(activeMillis, call.activeMillis());
    open.put(call.call(), call);
    if (call.kind() == CallKind.PROPOSE) {
      prices.put(call.need(), call.price());
    }
    Spending failed = lastFailure.remove(call.need());
    if (call.isRetry() && failed != null) {
      move(Cause.FAILED, Cause.RETRIED, failed);
    }
  }

  private void end(SearchEvent.CallEnded ended) {
    activeMillis = Math.max(activeMillis, ended.activeMillis());
    SearchEvent.CallStarted call = open.remove(ended.call());
    if (call == null) {
      return;
    }
    Spending spent = new Spending(1, ended.usage(), ended.money());
    if (ended.failure() != null) {
      add(Cause.FAILED, call.need(), spent);
      lastFailure.put(call.need(), spent);
      return;
    }
    Cause cause =
        switch (call.kind()) {
          case PROPOSE -> Cause.PROPOSED;
          case SCORE -> Cause.SCORED;
          case JUDGE -> Cause.JUDGED;
        };
    add(cause, call.need(), spent);
  }

  private void attribute(@Nullable Samples samples, Grouping grouping) {
    if (samples == null) {
      return;
    }
    long verbatim = 0;
    long pruned = 0;
    for (StepClass stepClass : grouping.classes()) {
      List<String> seen = new ArrayList<>();
      seen.add(samples.candidates().get(stepClass.representative()).text().strip());
      for (int member : stepClass.members()) {
        Candidate candidate = samples.candidates().get(member);
        String text = candidate.text().strip();
        if (member == stepClass.representative()) {
          continue;
        }
        if (seen.contains(text)) {
          verbatim += candidate.tokens();
        } else {
          pruned += candidate.tokens();
          seen.add(text);
        }
      }
    }
    Price price = prices.getOrDefault(samples.need(), Price.FREE);
    moveCompletions(Cause.VERBATIM_DUPLICATE, verbatim, price);
    moveCompletions(Cause.EQUIVALENCE_PRUNED, pruned, price);
  }

  private void moveCompletions(Cause to, long tokens, Price price) {
    long atMost = Math.min(tokens, of(Cause.PROPOSED).usage().completionTokens());
    Usage usage = new Usage(0, atMost, false);
    move(Cause.PROPOSED, to, new Spending(0, usage, price.of(usage)));
  }

  private void move(Cause from, Cause to, Spending spending) {
    byCause.merge(to, spending, Spending::plus);
    byCause.put(from, of(from).minus(spending));
  }

  private void add(Cause cause, int need, Spending spending) {
    byCause.merge(cause, spending, Spending::plus);
    byNeed.merge(need, spending, Spending::plus);
  }

  private static Spending atMost(SearchEvent.CallStarted call) {
    return new Spending(1, call.atMost(), call.price().of(call.atMost()));
  }

  public Spending of(Cause cause) {
    return byCause.getOrDefault(cause, Spending.NONE);
  }

  /** All that has ended, whatever it came to. */
  public Spending total() {
    return byCause.values().stream().reduce(Spending.NONE, Spending::plus);
  }

  /** The most that the calls on their way may cost. */
  public Spending reserved() {
    return open.values().stream().map(Ledger::atMost).reduce(Spending.NONE, Spending::plus);
  }

  /** What one need has cost, by its id. */
  public Spending on(int need) {
    return byNeed.getOrDefault(need, Spending.NONE);
  }

  /** The number of the next call. */
  public int nextCall() {
    return nextCall;
  }

  /** How long the search had been worked on at the last call's start or end. */
  public long activeMillis() {
    return activeMillis;
  }
}
