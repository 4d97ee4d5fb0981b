package dev.espalier.memory.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.memory.api.PgVectorPostgres;
import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.Embedders;
import dev.espalier.memory.core.EmbeddingQueue.Outcome.Embedded;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.persistence.Database;
import dev.espalier.testkit.PostgresResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PgVectorPostgres.class)
class PgVectorSelectivityTest {

  private static final long SEED = 20260106;
  private static final int TURNS = 3000;
  private static final int DIMENSIONS = 384;
  private static final int CENTRES = 50;
  private static final int LIMIT = 10;
  private static final int QUERIES = 20;

  @Inject UnitOfWork work;
  @Inject Database database;
  @Inject Embedders embedders;
  @Inject VectorRows rows;
  @Inject ConversationStore conversations;

  private final Scope scope =
      new Scope("t-" + UUID.randomUUID(), Instant.parse("2999-01-01T00:00:00Z"));
  private final Random random = new Random(SEED);
  private final List<float[]> centres = new ArrayList<>();

  @BeforeEach
  void needsPgVector() {
    assumeTrue(PostgresResource.isPgVectorAvailable(), "pgvector was not built here");
  }

  @Test
  void returnsAsManyAsThereAreHoweverNarrowTheFilter() {
    System.out.println("seed " + SEED);
    for (int i = 0; i < CENTRES; i++) {
      centres.add(unit(null));
    }
    UUID id = conversationOfVectors();
    Short model = work.in(scope, () -> rows.modelId(id)).orElseThrow();
    PgVectorIndex index = new PgVectorIndex(database, 100);
    System.out.printf(
        "%-12s%10s%12s%12s%14s%n", "selectivity", "allowed", "returned", "recall", "by the index");
    for (double share : new double[] {1, 0.5, 0.1, 0.01, 0.001}) {
      SeqSet allowed = allowed(share);
      int available = Math.min(LIMIT, (int) Math.ceil(share * TURNS));
      int returned = 0;
      int agreed = 0;
      int approximate = 0;
      for (int i = 0; i < QUERIES; i++) {
        float[] query = unit(centres.get(i % CENTRES));
        List<Ranked> found = work.in(scope, () -> index.nearest(id, query, LIMIT, allowed));
        List<Ranked> exact = work.in(scope, () -> index.scanned(id, model, query, LIMIT, allowed));
        assertEquals(available, found.size());
        approximate +=
            work.in(scope, () -> index.approximate(id, model, query, LIMIT, allowed, 400)).size();
        returned += found.size();
        agreed += common(found, exact);
      }
      double recall = (double) agreed / (QUERIES * available);
      System.out.printf(
          "%-12s%10.0f%12.1f%12.3f%14.1f%n",
          share,
          share * TURNS,
          (double) returned / QUERIES,
          recall,
          (double) approximate / QUERIES);
      assertTrue(recall >= 0.98, "recall " + recall + " at selectivity " + share);
    }
  }

  private SeqSet allowed(double share) {
    return share == 1
        ? null
        : new SeqSet(
            LongStream.rangeClosed(1, TURNS)
                .filter(seq -> seq % Math.round(1 / share) == 0)
                .toArray());
  }

  private static int common(List<Ranked> found, List<Ranked> exact) {
    Set<Long> seqs = new HashSet<>();
    found.forEach(hit -> seqs.add(hit.seq()));
    return (int) exact.stream().filter(hit -> seqs.contains(hit.seq())).count();
  }

  private UUID conversationOfVectors() {
    List<Embedded> vectors = new ArrayList<>();
    for (int seq = 1; seq <= TURNS; seq++) {
      vectors.add(
          new Embedded(seq, unit(centres.get(random.nextInt(CENTRES))), embedders.first().model()));
    }
    return work.in(
        scope,
        () -> {
          UUID id = conversations.create(null, null, Map.of()).id();
          database.update("UPDATE conversation SET last_seq = ? WHERE id = ?", TURNS, id);
          rows.insert(id, scope.tenant(), vectors);
          return id;
        });
  }

  private float[] unit(float[] near) {
    float[] vector = new float[DIMENSIONS];
    double square = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] =
          (float) (near == null ? random.nextGaussian() : near[i] + 0.04 * random.nextGaussian());
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }
}
