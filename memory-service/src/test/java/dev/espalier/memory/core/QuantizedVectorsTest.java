package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class QuantizedVectorsTest {

  private static final int DIMENSIONS = 383;
  private static final long SEED = 20260102;

  private final Random random = new Random(SEED);

  @Test
  void findsTheNearestAmongHalfAsManyMore() {
    System.out.println("seed " + SEED);
    List<PackedVectors.Entry> entries = entries(1, 5000);
    QuantizedVectors quantized = QuantizedVectors.empty(DIMENSIONS).with(entries);
    PackedVectors exact = PackedVectors.empty(DIMENSIONS).with(entries);
    int missed = 0;

    for (int i = 0; i < 20; i++) {
      float[] query = unit();
      Set<Long> sieved = seqs(quantized.nearest(query, 300, null));
      Set<Long> nearest = seqs(exact.nearest(query, 200, null));
      nearest.removeAll(sieved);
      missed += nearest.size();
    }

    System.out.println("missed of 4,000: " + missed);
    assertTrue(missed <= 4, missed + " of 4,000 missed");
  }

  @Test
  void scoresAsExactlyAsItSays() {
    List<PackedVectors.Entry> entries = entries(1, 400);
    float[] query = unit();

    List<Ranked> ranked =
        QuantizedVectors.empty(DIMENSIONS).with(entries).nearest(query, 400, null);

    double squares = 0;
    for (Ranked hit : ranked) {
      float[] vector = entries.get((int) hit.seq() - 1).vector();
      squares += Math.pow(hit.score() - DotProduct.of(query, vector, 0), 2);
    }
    assertEquals(400, ranked.size());
    assertTrue(Math.sqrt(squares / 400) < 1e-3);
  }

  @Test
  void isTheSameHoweverItGrew() {
    List<PackedVectors.Entry> entries = entries(1, 1000);
    float[] query = unit();
    List<Ranked> expected =
        QuantizedVectors.empty(DIMENSIONS).with(entries).nearest(query, 1000, null);

    QuantizedVectors grown = QuantizedVectors.empty(DIMENSIONS);
    int from = 0;
    while (from < entries.size()) {
      int to = Math.min(entries.size(), from + 1 + random.nextInt(300));
      grown = grown.with(entries.subList(from, to));
      from = to;
    }
    grown = grown.with(entries(1001, 1200)).without(numbers(1001, 1200));
    grown = grown.without(numbers(300, 700)).with(entries.subList(299, 700));
    grown = grown.with(entries.subList(10, 20));

    assertEquals(expected, grown.nearest(query, 1000, null));
    assertEquals(1000, grown.size());
  }

  @Test
  void returnsAllThatIsAllowedWhenThatIsLess() {
    QuantizedVectors vectors = QuantizedVectors.empty(DIMENSIONS).with(entries(1, 600));

    List<Ranked> nearest = vectors.nearest(unit(), 10, new SeqSet(4, 599, 12345));

    assertEquals(Set.of(4L, 599L), seqs(nearest));
  }

  private List<PackedVectors.Entry> entries(int from, int to) {
    List<PackedVectors.Entry> entries = new ArrayList<>();
    for (int seq = from; seq <= to; seq++) {
      entries.add(new PackedVectors.Entry(seq, unit()));
    }
    return entries;
  }

  private static Set<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().collect(Collectors.toUnmodifiableSet());
  }

  private static Set<Long> seqs(List<Ranked> ranked) {
    Set<Long> seqs = new HashSet<>();
    ranked.forEach(hit -> seqs.add(hit.seq()));
    return seqs;
  }

  private float[] unit() {
    float[] vector = new float[DIMENSIONS];
    double square = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) random.nextGaussian();
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }
}
