package dev.espalier.memory.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.espalier.memory.core.DotProduct;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.memory.core.QuantizedVectors;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.VectorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Scans a conversation's vectors in this process. What is kept in memory is a cache of the
 * database: each search first asks for the conversation's revision and reads what it has not seen,
 * so several replicas agree.
 *
 * <p>A small conversation's vectors are kept as they are. Of a large one only a byte per dimension
 * is kept; the scan then takes more turns than asked for, whose vectors are read and scored
 * exactly.
 */
final class InProcessVectorIndex implements VectorIndex {

  /** Above, four bytes a dimension cost more memory and time than reading the best again. */
  static final int SMALL = 20_000;

  /** Rounding moves a turn by a few ranks; the margin is measured in docs/evaluation.md. */
  private static final double OVERSAMPLING = 1.5;

  /**
   * How many vectors are read at a time, so that reading a long conversation takes little memory.
   */
  private static final int PAGE = 2000;

  /** After a delete in another replica nothing stays longer than this. */
  private static final Duration KEPT_UNUSED = Duration.ofMinutes(10);

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparingDouble(Ranked::score).thenComparingLong(Ranked::seq).reversed();

  private final VectorRows rows;
  private final int dimensions;
  private final int small;
  private final Cache<UUID, Snapshot> snapshots;

  /**
   * @param maxBytes how much memory the kept vectors may take; the least used go first
   * @param small up to so many vectors are kept as they are
   */
  InProcessVectorIndex(VectorRows rows, EmbeddingModel model, long maxBytes, int small) {
    this.rows = rows;
    dimensions = model.dimensions();
    this.small = small;
    snapshots =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes / 1024)
            .expireAfterAccess(KEPT_UNUSED)
            .<UUID, Snapshot>weigher((id, snapshot) -> (int) (1 + snapshot.bytes() / 1024))
            .build();
  }

  @Override
  public List<Ranked> nearest(
      UUID conversation, float[] query, int limit, @Nullable SeqSet allowed) {
    Snapshot current = current(conversation);
    return current instanceof Snapshot.Exact exact
        ? exact.vectors().nearest(query, limit, allowed)
        : rescored(conversation, (Snapshot.Sieve) current, query, limit, allowed);
  }

  @Override
  public String name() {
    return "in process, exact, above " + small + " turns after an int8 sieve";
  }

  @Override
  public void evict(UUID conversation) {
    snapshots.invalidate(conversation);
  }

  private List<Ranked> rescored(
      UUID conversation, Snapshot.Sieve sieve, float[] query, int limit, @Nullable SeqSet allowed) {
    long[] candidates =
        sieve.vectors().nearest(query, (int) Math.ceil(limit * OVERSAMPLING), allowed).stream()
            .mapToLong(Ranked::seq)
            .toArray();
    return rows.of(conversation, candidates).stream()
        .map(entry -> new Ranked(entry.seq(), DotProduct.of(query, entry.vector(), 0)))
        .sorted(BEST_FIRST)
        .limit(limit)
        .toList();
  }

  private Snapshot current(UUID conversation) {
    VectorRows.Head head = rows.head(conversation);
    Snapshot known = snapshots.getIfPresent(conversation);
    if (known != null && known.revision() >= head.revision()) {
      return known;
    }
    Snapshot grown =
        known == null || known.revision() < head.reset()
            ? whole(conversation, head.revision())
            : known.grown(
                head.revision(),
                rows.restedBetween(conversation, known.revision(), head.revision()),
                rows.between(conversation, known.revision(), head.revision()),
                small);
    snapshots.put(conversation, grown);
    return grown;
  }

  private Snapshot whole(UUID conversation, long revision) {
    Snapshot snapshot = new Snapshot.Exact(revision, PackedVectors.empty(dimensions));
    List<PackedVectors.Entry> page = rows.page(conversation, 0, revision, PAGE);
    while (!page.isEmpty()) {
      snapshot = snapshot.grown(revision, Set.of(), page, small);
      long last = page.get(page.size() - 1).seq();
      page = page.size() < PAGE ? List.of() : rows.page(conversation, last, revision, PAGE);
    }
    return snapshot;
  }

  /** A conversation's vectors up to a revision. */
  private sealed interface Snapshot {

    long revision();

    long bytes();

    Snapshot grown(long revision, Set<Long> gone, List<PackedVectors.Entry> added, int small);

    /** All of each vector. */
    record Exact(long revision, PackedVectors vectors) implements Snapshot {

      @Override
      public long bytes() {
        return vectors.bytes();
      }

      @Override
      public Snapshot grown(
          long newer, Set<Long> gone, List<PackedVectors.Entry> added, int small) {
        PackedVectors kept = vectors.without(gone);
        if (kept.size() + added.size() <= small) {
          return new Exact(newer, kept.with(added));
        }
        List<PackedVectors.Entry> all = new ArrayList<>();
        kept.forEach((vector, seq) -> all.add(new PackedVectors.Entry(seq, vector)));
        var quantized = QuantizedVectors.empty(kept.dimensions());
        return new Sieve(newer, quantized.with(all).with(added));
      }
    }

    /** A byte per dimension. */
    record Sieve(long revision, QuantizedVectors vectors) implements Snapshot {

      @Override
      public long bytes() {
        return vectors.bytes();
      }

      @Override
      public Snapshot grown(
          long newer, Set<Long> gone, List<PackedVectors.Entry> added, int small) {
        return new Sieve(newer, vectors.without(gone).with(added));
      }
    }
  }
}
