package dev.espalier.memory.core;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The unit vectors of one conversation, back to back in one array. Immutable; growing copies. */
public final class PackedVectors {

  private final int dimensions;
  private final long[] seqs;
  private final float[] values;

  private PackedVectors(int dimensions, long[] seqs, float[] values) {
    this.dimensions = dimensions;
    this.seqs = seqs;
    this.values = values;
  }

  public static PackedVectors empty(int dimensions) {
    return new PackedVectors(dimensions, new long[0], new float[0]);
  }

  public int size() {
    return seqs.length;
  }

  public long bytes() {
    return seqs.length * (Long.BYTES + (long) dimensions * Float.BYTES);
  }

  /**
   * @throws IllegalArgumentException if a vector has another dimension
   */
  public PackedVectors with(List<Entry> entries) {
    long[] moreSeqs = Arrays.copyOf(seqs, seqs.length + entries.size());
    float[] moreValues = Arrays.copyOf(values, values.length + entries.size() * dimensions);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.vector().length != dimensions) {
        throw new IllegalArgumentException(
            "a vector of " + entry.vector().length + " among those of " + dimensions);
      }
      moreSeqs[seqs.length + i] = entry.seq();
      System.arraycopy(entry.vector(), 0, moreValues, values.length + i * dimensions, dimensions);
    }
    return new PackedVectors(dimensions, moreSeqs, moreValues);
  }

  /** Scans all vectors: exact, and below a conversation's size faster than any index. */
  public List<Ranked> nearest(float[] query, int limit, @Nullable SeqSet allowed) {
    TopRanked top = new TopRanked(limit);
    for (int i = 0; i < seqs.length; i++) {
      if (allowed == null || allowed.contains(seqs[i])) {
        top.offer(seqs[i], DotProduct.of(query, values, i * dimensions));
      }
    }
    return top.bestFirst();
  }

  /** A turn's vector. */
  public record Entry(long seq, float[] vector) {}
}
