package dev.espalier.memory.evaluation.kernels;

import dev.espalier.memory.core.Postings;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.WindowedBm25;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** BM25 over the postings of one conversation, without the database that they come from. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LexicalKernels {

  private static final UUID CONVERSATION = new UUID(0, 1);
  private static final int LIMIT = 200;

  /** In how many of 10,000 turns each stem of the question occurs. */
  private static final int[] FREQUENCIES = {2000, 800, 300, 100, 30, 10};

  /** Turns of the conversation. */
  @Param("10000")
  public int turns = 10_000;

  private WindowedBm25 index = new WindowedBm25(new FixedPostings(List.of(), new int[0]));

  @Setup
  public void fill() {
    var random = new SplittableRandom(1);
    List<Postings.Stem> stems = new ArrayList<>();
    for (int frequency : FREQUENCIES) {
      int[] seqs =
          random
              .ints(1, turns + 1)
              .distinct()
              .limit(Math.max(1, (long) frequency * turns / 10_000))
              .sorted()
              .toArray();
      int[] occurrences = new int[seqs.length];
      Arrays.fill(occurrences, 1);
      stems.add(new Postings.Stem(seqs, occurrences));
    }
    int[] windows = random.ints(turns, 15, 60).toArray();
    index = new WindowedBm25(new FixedPostings(stems, windows));
  }

  @Benchmark
  public List<Ranked> search() {
    return index.search(CONVERSATION, "six stems", LIMIT, null);
  }

  /** The same postings for every question. */
  private record FixedPostings(List<Stem> stems, int[] windows) implements Postings {

    @Override
    public Found find(UUID conversation, String query) {
      return new Found(stems, windows, null);
    }

    @Override
    public void evict(UUID conversation) {}
  }
}
