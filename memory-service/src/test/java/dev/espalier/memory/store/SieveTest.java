package dev.espalier.memory.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.EmbeddingQueue.Outcome.Embedded;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.forgetting.ForgettingStore;
import dev.espalier.memory.core.forgetting.Tier;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ParkedWorkers.class)
class SieveTest {

  private static final long SEED = 20260107;
  private static final int DIMENSIONS = 384;
  private static final long MAX_BYTES = 10_000_000;

  @Inject UnitOfWork work;
  @Inject VectorRows rows;
  @Inject Embedder embedder;
  @Inject ConversationStore conversations;
  @Inject ForgettingStore forgetting;

  private final Scope scope =
      new Scope("t-" + UUID.randomUUID(), Instant.parse("2999-01-01T00:00:00Z"));
  private final Random random = new Random(SEED);

  @Test
  void aLargeConversationIsSearchedAsExactlyAsASmallOne() {
    System.out.println("seed " + SEED);
    UUID id = work.in(scope, () -> conversations.create(null, null, Map.of()).id());
    InProcessVectorIndex exact = index(100_000);
    InProcessVectorIndex sieve = index(300);
    float[] query = unit();

    // Growing, from small to large, forgetting, and coming back.
    for (int from = 1; from <= 901; from += 100) {
      add(id, from, from + 99);
      assertSame(id, query, exact, sieve);
    }
    long[] third = LongStream.rangeClosed(1, 1000).filter(seq -> seq % 3 == 0).toArray();
    move(id, third, Tier.DORMANT);
    assertSame(id, query, exact, sieve);
    move(id, LongStream.of(third).filter(seq -> seq % 2 == 0).toArray(), Tier.ACTIVE);
    assertSame(id, query, exact, sieve);
    move(id, new long[] {1, 2, 3}, Tier.PURGED);
    assertSame(id, query, exact, sieve);
    assertSame(id, query, index(100_000), index(300));
  }

  private void assertSame(
      UUID id, float[] query, InProcessVectorIndex exact, InProcessVectorIndex sieve) {
    List<Ranked> expected = work.in(scope, () -> exact.nearest(id, query, 50, null));
    assertEquals(expected, work.in(scope, () -> sieve.nearest(id, query, 50, null)));
  }

  private InProcessVectorIndex index(int small) {
    return new InProcessVectorIndex(rows, embedder.model(), MAX_BYTES, small);
  }

  private void add(UUID id, int from, int to) {
    List<Embedded> vectors = new ArrayList<>();
    for (int seq = from; seq <= to; seq++) {
      vectors.add(new Embedded(seq, unit()));
    }
    work.in(
        scope,
        () -> {
          rows.insert(id, scope.tenant(), vectors);
          return id;
        });
  }

  private void move(UUID id, long[] seqs, Tier to) {
    work.in(
        scope,
        () -> {
          forgetting.move(id, LongStream.of(seqs).boxed().toList(), to, 1000);
          return id;
        });
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
