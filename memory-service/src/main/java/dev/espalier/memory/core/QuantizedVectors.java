package dev.espalier.memory.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The unit vectors of one conversation in a byte per dimension: a first sieve whose best are scored
 * again exactly by whoever has the vectors. Immutable; growing shares all full blocks.
 */
public final class QuantizedVectors {

  /*
   * Each vector is scaled by its own largest component to -127..127, the query to 16 times that, so
   * that all rounding that counts is the vectors': a standard deviation of about 5e-4 of a cosine.
   *
   * Rows stand in blocks, and a block is stored by dimension, four dimensions in one int. So the
   * inner loop adds one int array to another without looking back, which the compiler turns into
   * vector instructions on its own, provided that both arrays are read from their start and that the
   * loop does no more: hence an array for each group of dimensions, and one dimension at a time. A
   * scan reads 384 bytes a row, a quarter of what floats need.
   * Cost: O(rows * dimensions).
   */
  private static final int ROWS = 256;

  private static final int PACKED = 4;
  private static final int ROW_LEVELS = 127;
  private static final int QUERY_LEVELS = 2032;

  private final int dimensions;
  private final List<Block> blocks;
  private final int size;
  private final long maxSeq;

  private QuantizedVectors(int dimensions, List<Block> blocks) {
    this.dimensions = dimensions;
    this.blocks = blocks;
    size = blocks.stream().mapToInt(block -> block.seqs().length).sum();
    maxSeq = blocks.stream().flatMapToLong(b -> Arrays.stream(b.seqs())).max().orElse(0);
  }

  public static QuantizedVectors empty(int dimensions) {
    return new QuantizedVectors(dimensions, List.of());
  }

  public int size() {
    return size;
  }

  public long bytes() {
    return blocks.size() * (long) ROWS * (groups() * PACKED + Float.BYTES + Long.BYTES);
  }

  /**
   * Adds vectors; one that is there under the same number makes room for the newer.
   *
   * @throws IllegalArgumentException if a vector has another dimension
   */
  public QuantizedVectors with(List<PackedVectors.Entry> entries) {
    Set<Long> replaced = new HashSet<>();
    for (PackedVectors.Entry entry : entries) {
      if (entry.vector().length != dimensions) {
        throw new IllegalArgumentException(
            "a vector of " + entry.vector().length + " among those of " + dimensions);
      }
      if (entry.seq() <= maxSeq) {
        replaced.add(entry.seq());
      }
    }
    Filling filling = new Filling(groups(), without(replaced).blocks);
    entries.forEach(entry -> filling.add(entry.seq(), entry.vector()));
    return new QuantizedVectors(dimensions, filling.finish());
  }

  /** The same without these turns, in as few blocks as they need. */
  public QuantizedVectors without(Set<Long> gone) {
    boolean isHit =
        !gone.isEmpty()
            && blocks.stream().flatMapToLong(b -> Arrays.stream(b.seqs())).anyMatch(gone::contains);
    if (!isHit) {
      return this;
    }
    Filling filling = new Filling(groups(), List.of());
    for (Block block : blocks) {
      for (int row = 0; row < block.seqs().length; row++) {
        if (!gone.contains(block.seqs()[row])) {
          filling.copy(block, row);
        }
      }
    }
    return new QuantizedVectors(dimensions, filling.finish());
  }

  /**
   * The turns nearest to the query, nearly: scores are off by about 5e-4.
   *
   * @return at most {@code limit} turns, best first
   */
  public List<Ranked> nearest(float[] query, int limit, @Nullable SeqSet allowed) {
    int[] levels = new int[groups() * PACKED];
    float step = quantize(query, levels, QUERY_LEVELS);
    TopRanked top = new TopRanked(limit);
    int[] sums = new int[ROWS];
    for (Block block : blocks) {
      Arrays.fill(sums, 0);
      block.addProducts(levels, sums);
      for (int row = 0; row < block.seqs().length; row++) {
        long seq = block.seqs()[row];
        if (allowed == null || allowed.contains(seq)) {
          top.offer(seq, (double) sums[row] * block.steps()[row] * step);
        }
      }
    }
    return top.bestFirst();
  }

  private int groups() {
    return (dimensions + PACKED - 1) / PACKED;
  }

  /** Fills the levels and answers what one level stands for. */
  private static float quantize(float[] vector, int[] levels, int most) {
    float largest = Float.MIN_NORMAL;
    for (float component : vector) {
      largest = Math.max(largest, Math.abs(component));
    }
    for (int i = 0; i < vector.length; i++) {
      levels[i] = Math.round(vector[i] / largest * most);
    }
    return largest / most;
  }

  /**
   * Up to {@link #ROWS} vectors.
   *
   * @param words dimensions 4g to 4g + 3 of row r at {@code [g][r]}, the first one lowest
   * @param steps what one level of a row stands for
   */
  private record Block(long[] seqs, float[] steps, int[][] words) {

    void addProducts(int[] query, int[] sums) {
      for (int group = 0; group < words.length; group++) {
        for (int i = 0; i < PACKED; i++) {
          addProducts(words[group], query[group * PACKED + i], 24 - 8 * i, sums);
        }
      }
    }

    private static void addProducts(int[] words, int level, int shift, int[] sums) {
      for (int row = 0; row < sums.length; row++) {
        sums[row] += level * ((words[row] << shift) >> 24);
      }
    }
  }

  /** Blocks in the making; those given are kept, but for a last one that is not full. */
  private static final class Filling {

    private final int groups;
    private final List<Block> full = new ArrayList<>();
    private final int[] levels;
    private long[] seqs = new long[ROWS];
    private float[] steps = new float[ROWS];
    private int[][] words;
    private int rows;

    Filling(int groups, List<Block> blocks) {
      this.groups = groups;
      levels = new int[groups * PACKED];
      words = new int[groups][ROWS];
      full.addAll(blocks);
      int last = full.size() - 1;
      if (last >= 0 && full.get(last).seqs().length < ROWS) {
        Block open = full.remove(last);
        rows = open.seqs().length;
        seqs = Arrays.copyOf(open.seqs(), ROWS);
        steps = Arrays.copyOf(open.steps(), ROWS);
        words = Stream.of(open.words()).map(int[]::clone).toArray(int[][]::new);
      }
    }

    void add(long seq, float[] vector) {
      seqs[rows] = seq;
      steps[rows] = quantize(vector, levels, ROW_LEVELS);
      for (int group = 0; group < groups; group++) {
        int d = group * PACKED;
        words[group][rows] =
            (levels[d] & 0xff)
                | (levels[d + 1] & 0xff) << 8
                | (levels[d + 2] & 0xff) << 16
                | levels[d + 3] << 24;
      }
      next();
    }

    void copy(Block block, int row) {
      seqs[rows] = block.seqs()[row];
      steps[rows] = block.steps()[row];
      for (int group = 0; group < groups; group++) {
        words[group][rows] = block.words()[group][row];
      }
      next();
    }

    private void next() {
      if (++rows == ROWS) {
        full.add(new Block(seqs, steps, words));
        seqs = new long[ROWS];
        steps = new float[ROWS];
        words = new int[groups][ROWS];
        rows = 0;
      }
    }

    List<Block> finish() {
      if (rows > 0) {
        full.add(new Block(Arrays.copyOf(seqs, rows), Arrays.copyOf(steps, rows), words));
      }
      return List.copyOf(full);
    }
  }
}
