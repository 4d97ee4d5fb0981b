package dev.espalier.search.store;

import dev.espalier.search.core.spec.SearchSpec;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A search without its events.
 *
 * @param summary the result, once it has ended
 * @param failure a code, where it ended without a result of its own
 * @param item its place in a batch, or null
 */
public record StoredSearch(
    UUID id,
    SearchStatus status,
    SearchSpec spec,
    Map<String, Object> metadata,
    @Nullable Summary summary,
    @Nullable String failure,
    @Nullable BatchItem item,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant finishedAt) {

  /**
   * A place in a batch.
   *
   * @param number from 0, in the order of the lines
   * @param isControl whether this is the unpruned run of the item
   * @param attempt from 1
   */
  public record BatchItem(UUID batch, int number, boolean isControl, int attempt) {}
}
