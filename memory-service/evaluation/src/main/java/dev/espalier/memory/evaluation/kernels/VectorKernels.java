package dev.espalier.memory.evaluation.kernels;

import dev.espalier.memory.core.DotProduct;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.memory.core.QuantizedVectors;
import dev.espalier.memory.core.Ranked;
import java.util.ArrayList;
import java.util.List;
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

/** The exact search through the vectors of one conversation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VectorKernels {

  private static final int DIMENSIONS = 384;
  private static final int LIMIT = 200;

  /** Vectors in the conversation. */
  @Param({"10000", "66000", "100000"})
  public int vectors = 10_000;

  private float[] query = new float[0];
  private float[] row = new float[0];
  private PackedVectors packed = PackedVectors.empty(DIMENSIONS);
  private QuantizedVectors quantized = QuantizedVectors.empty(DIMENSIONS);

  @Setup
  public void fill() {
    var random = new SplittableRandom(1);
    query = unit(random);
    row = unit(random);
    List<PackedVectors.Entry> entries = new ArrayList<>(vectors);
    for (int seq = 1; seq <= vectors; seq++) {
      entries.add(new PackedVectors.Entry(seq, unit(random)));
    }
    packed = PackedVectors.empty(DIMENSIONS).with(entries);
    quantized = QuantizedVectors.empty(DIMENSIONS).with(entries);
  }

  @Benchmark
  public float dotProduct() {
    return DotProduct.of(query, row, 0);
  }

  @Benchmark
  public List<Ranked> nearest() {
    return packed.nearest(query, LIMIT, null);
  }

  @Benchmark
  public List<Ranked> sieve() {
    return quantized.nearest(query, LIMIT + LIMIT / 2, null);
  }

  private static float[] unit(SplittableRandom random) {
    float[] vector = new float[DIMENSIONS];
    double square = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) (random.nextDouble() - 0.5);
      square += vector[i] * vector[i];
    }
    float length = (float) Math.sqrt(square);
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}
