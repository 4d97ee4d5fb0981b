package dev.espalier.memory.evaluation.kernels;

import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.ReciprocalRankFusion;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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

/** The merging of two rankings. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FusionKernels {

  /** Turns in each ranking. */
  @Param("200")
  public int depth = 200;

  private Map<String, List<Ranked>> rankings = Map.of();

  @Setup
  public void fill() {
    var random = new SplittableRandom(1);
    rankings = Map.of("dense", ranking(random), "lexical", ranking(random));
  }

  @Benchmark
  public List<ReciprocalRankFusion.Fused> fuse() {
    return ReciprocalRankFusion.fuse(rankings);
  }

  private List<Ranked> ranking(SplittableRandom random) {
    return random
        .longs(1, 10_001)
        .distinct()
        .limit(depth)
        .mapToObj(seq -> new Ranked(seq, 1.0 / seq))
        .toList();
  }
}
