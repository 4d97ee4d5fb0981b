package dev.espalier.memory.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** The unit vectors of one conversation. Immutable; growing shares all full blocks. */
public final class PackedVectors {

  private static final int ROWS = 256;

  private final int dimensions;
  private final List<Block> blocks;
  private final int size;
  private final long maxSeq;

  private PackedVectors(int dimensions, List<Block> blocks) {
    this.dimensions = dimensions;
    this.blocks = blocks;
    size = blocks.stream().mapToInt(block -> block.seqs().length).sum();
    maxSeq = blocks.stream().flatMapToLong(b -> Arrays.stream(b.seqs())).max().orElse(0);
  }

  public static PackedVectors empty(int dimensions) {
    return new PackedVectors(dimensions, List.of());
  }

  public int size() {
    return size;
  }

  public int dimensions() {
    return dimensions;
  }

  public long bytes() {
    return size * (Long.BYTES + (long) dimensions * Float.BYTES);
  }

  /**
   * Adds vectors; one that is there under the same number makes room for the newer.
   *
   * @throws IllegalArgumentException if a vector has another dimension
   */
  public PackedVectors with(List<Entry> entries) {
    Set<Long> replaced = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.vector().length != dimensions) {
        throw new IllegalArgumentException(
            "a vector of " + entry.vector().length + " among those of " + dimensions);
      }
      if (entry.seq() <= maxSeq) {
        replaced.add(entry.seq());
      }
    }
    List<Block> grown = new ArrayList<>(without(replaced).blocks);
    List<Entry> rest = new ArrayList<>();
    if (!grown.isEmpty() && grown.get(grown.size() - 1).seqs().length < ROWS) {
      rest.addAll(grown.remove(grown.size() - 1).entries(dimensions));
    }
    rest.addAll(entries);
    for (int from = 0; from < rest.size(); from += ROWS) {
      grown.add(Block.of(rest.subList(from, Math.min(rest.size(), from + ROWS)), dimensions));
    }
    return new PackedVectors(dimensions, List.copyOf(grown));
  }

  /** The same without these turns. */
  public PackedVectors without(Set<Long> gone) {
    boolean isHit =
        !gone.isEmpty()
            && blocks.stream().flatMapToLong(b -> Arrays.stream(b.seqs())).anyMatch(gone::contains);
    if (!isHit) {
      return this;
    }
    List<Entry> kept = new ArrayList<>();
    forEach(
        (vector, seq) -> {
          if (!gone.contains(seq)) {
            kept.add(new Entry(seq, vector));
          }
        });
    return empty(dimensions).with(kept);
  }

  public void forEach(ObjLongConsumer<float[]> reader) {
    blocks.forEach(
        block ->
            block.entries(dimensions).forEach(entry -> reader.accept(entry.vector(), entry.seq())));
  }

  /** Scans all vectors: exact, and below a conversation's size faster than any index. */
  public List<Ranked> nearest(float[] query, int limit, @Nullable SeqSet allowed) {
    TopRanked top = new TopRanked(limit);
    for (Block block : blocks) {
      for (int row = 0; row < block.seqs().length; row++) {
        long seq = block.seqs()[row];
        if (allowed == null || allowed.contains(seq)) {
          top.offer(seq, DotProduct.of(query, block.values(), row * dimensions));
        }
      }
    }
    return top.bestFirst();
  }

  /** A turn's vector. */
  public record Entry(long seq, float[] vector) {}

  /**
   * Some vectors, back to back.
   *
   * @param values row after row
   */
  private record Block(long[] seqs, float[] values) {

    static Block of(List<Entry> entries, int dimensions) {
      long[] seqs = new long[entries.size()];
      float[] values = new float[entries.size() * dimensions];
      for (int row = 0; row < seqs.length; row++) {
        seqs[row] = entries.get(row).seq();
        System.arraycopy(entries.get(row).vector(), 0, values, row * dimensions, dimensions);
      }
      return new Block(seqs, values);
    }

    List<Entry> entries(int dimensions) {
      List<Entry> entries = new ArrayList<>(seqs.length);
      for (int row = 0; row < seqs.length; row++) {
        entries.add(
            new Entry(
                seqs[row], Arrays.copyOfRange(values, row * dimensions, (row + 1) * dimensions)));
      }
      return entries;
    }
  }
}
