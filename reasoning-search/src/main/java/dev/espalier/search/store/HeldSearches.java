package dev.espalier.search.store;

import dev.espalier.persistence.EventTable;
import dev.espalier.persistence.Lease;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.spec.SearchSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Opens the searches that a worker has claimed. */
@ApplicationScoped
public class HeldSearches {

  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(60);

  private final TenantTransactions transactions;
  private final SearchStore store;
  private final BatchStore batches;
  private final SearchTasks tasks;
  private final EventTable events;
  private final EventCodec codec;
  private final Clock clock;

  HeldSearches(
      TenantTransactions transactions,
      SearchStore store,
      BatchStore batches,
      SearchTasks tasks,
      EventTable events,
      EventCodec codec,
      Clock clock) {
    this.transactions = transactions;
    this.store = store;
    this.batches = batches;
    this.tasks = tasks;
    this.events = events;
    this.codec = codec;
    this.clock = clock;
  }

  /**
   * Loads a search, and writes down who has it now.
   *
   * @param shouldStop whether no further call may be made, because somebody else is to go on
   * @param stored called after every write
   * @return empty when the search was deleted
   */
  public Optional<HeldSearch> open(
      Lease lease, String worker, BooleanSupplier shouldStop, Runnable stored) {
    return transactions.in(
        lease.tenant(),
        clock.instant().plus(OPEN_TIMEOUT),
        () -> {
          tasks.leases().require(lease);
          return store
              .find(lease.id())
              .map(search -> open(search, lease, worker, shouldStop, stored));
        });
  }

  private HeldSearch open(
      StoredSearch search,
      Lease lease,
      String worker,
      BooleanSupplier shouldStop,
      Runnable stored) {
    List<SearchEvent> history = new ArrayList<>(store.history(lease.id()));
    SearchEvent.Claimed claimed = new SearchEvent.Claimed(worker, lease.fence());
    history.add(claimed);
    events.append(lease.id(), lease.tenant(), List.of(codec.encode(history.size(), claimed)));
    store.setRunning(lease.id());
    FencedEventLog log =
        new FencedEventLog(
            transactions,
            tasks.leases(),
            events,
            codec,
            clock,
            lease,
            history.size(),
            shouldStop,
            stored);
    return new HeldSearch(lease.id(), withinShare(search), history, log, store);
  }

  private SearchSpec withinShare(StoredSearch search) {
    SearchSpec spec = search.spec();
    if (search.item() == null) {
      return spec;
    }
    return new SearchSpec(
        spec.problem(),
        spec.strategy(),
        spec.proposer(),
        spec.scorer(),
        spec.pruning(),
        batches.shareOf(search.id(), search.item()).within(spec.limits()),
        spec.seed());
  }
}
