package dev.espalier.memory.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.VectorIndex;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Scans a conversation's vectors in this process, exactly. What is kept in memory is a cache of the
 * database: each search first asks for the conversation's revision and reads what it has not seen,
 * so several replicas agree.
 */
final class InProcessVectorIndex implements VectorIndex {

  /** After a delete in another replica nothing stays longer than this. */
  private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

  private final VectorRows rows;
  private final int dimensions;
  private final Cache<UUID, Snapshot> snapshots;

  /**
   * @param maxBytes how much memory the kept vectors may take; the least used go first
   */
  InProcessVectorIndex(VectorRows rows, EmbeddingModel model, long maxBytes) {
    this.rows = rows;
    dimensions = model.dimensions();
    snapshots =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes / 1024)
            .expireAfterAccess(KEPT_UNUSED)
            .<UUID, Snapshot>weigher(
                (id, snapshot) -> (int) (1 + snapshot.vectors().bytes() / 1024))
            .build();
  }

  @Override
  public List<Ranked> nearest(
      UUID conversation, float[] query, int limit, @Nullable SeqSet allowed) {
    return current(conversation).vectors().nearest(query, limit, allowed);
  }

  @Override
  public String name() {
    return "exact, in process";
  }

  @Override
  public void evict(UUID conversation) {
    snapshots.invalidate(conversation);
  }

  private Snapshot current(UUID conversation) {
    long revision = rows.revision(conversation);
    Snapshot known = snapshots.getIfPresent(conversation);
    if (known == null) {
      known = new Snapshot(0, PackedVectors.empty(dimensions));
    }
    if (known.revision() >= revision) {
      return known;
    }
    if (known.revision() < rows.rebuiltRevision(conversation)) {
      known = new Snapshot(0, PackedVectors.empty(dimensions));
    }
    Snapshot grown =
        new Snapshot(
            revision, known.vectors().with(rows.between(conversation, known.revision(), revision)));
    snapshots.put(conversation, grown);
    return grown;
  }

  /** A conversation's vectors up to a revision. */
  private record Snapshot(long revision, PackedVectors vectors) {}
}
