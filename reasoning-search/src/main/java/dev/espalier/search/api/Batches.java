package dev.espalier.search.api;

import dev.espalier.search.core.batch.ControlArm;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.store.BatchStore;
import dev.espalier.search.store.BatchStore.StoredBatch;
import dev.espalier.search.store.SearchStore;
import dev.espalier.search.store.SearchStore.NewSearch;
import dev.espalier.search.store.StoredSearch;
import dev.espalier.search.store.StoredSearch.BatchItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What can be done with a batch, in the transaction in hand. */
@ApplicationScoped
class Batches {

  private static final PruningSpec UNPRUNED = new PruningSpec(PruningMode.NONE, null, false);

  private final BatchStore batches;
  private final SearchStore searches;
  private final SecureRandom random = new SecureRandom();

  Batches(BatchStore batches, SearchStore searches) {
    this.batches = batches;
    this.searches = searches;
  }

  /** Control runs come right after their items, so that pairs are complete early. */
  StoredBatch create(BatchLines.Batch batch) {
    BatchHeader.Settings settings = batch.settings();
    double fraction = settings.controlFraction() == null ? 0 : settings.controlFraction();
    long seed = settings.seed() == null ? random.nextLong() >>> 11 : settings.seed();
    StoredBatch stored =
        batches.create(
            BatchHeader.Budget.toCore(settings.budget()),
            fraction,
            seed,
            settings.metadata() == null ? Map.of() : settings.metadata(),
            batch.items().size());
    Set<Integer> control = ControlArm.draw(batch.items().size(), fraction, seed);
    List<NewSearch> wanted = new ArrayList<>();
    for (int i = 0; i < batch.items().size(); i++) {
      BatchLines.Item item = batch.items().get(i);
      BatchItem place = new BatchItem(stored.id(), i, false, 1);
      wanted.add(new NewSearch(item.spec(), item.metadata(), place));
      if (control.contains(i)) {
        BatchItem controlPlace = new BatchItem(stored.id(), i, true, 1);
        wanted.add(new NewSearch(unpruned(item.spec()), item.metadata(), controlPlace));
      }
    }
    searches.createAll(wanted);
    return stored;
  }

  /** How many failed searches run again. */
  int retry(StoredBatch batch) {
    batches.lock(batch.id());
    List<NewSearch> again =
        batches.failed(batch.id()).stream()
            .map(
                failed -> {
                  BatchItem item = Objects.requireNonNull(failed.item());
                  return new NewSearch(
                      failed.spec(),
                      failed.metadata(),
                      new BatchItem(
                          item.batch(), item.number(), item.isControl(), item.attempt() + 1));
                })
            .toList();
    searches.createAll(again);
    return again.size();
  }

  /** How many searches were asked to end. */
  int cancel(StoredBatch batch) {
    List<StoredSearch> open = batches.open(batch.id());
    open.forEach(search -> searches.cancel(search.id()));
    return open.size();
  }

  /** The same search with the same seed. */
  private static SearchSpec unpruned(SearchSpec spec) {
    return new SearchSpec(
        spec.problem(),
        spec.strategy(),
        spec.proposer(),
        spec.scorer(),
        UNPRUNED,
        spec.limits(),
        spec.seed());
  }
}
