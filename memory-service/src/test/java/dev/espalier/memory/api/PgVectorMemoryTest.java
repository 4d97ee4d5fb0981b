package dev.espalier.memory.api;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.testkit.PostgresResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@TestProfile(PgVectorPostgres.class)
class PgVectorMemoryTest extends MemoryContract {

  @BeforeEach
  void needsPgVector() {
    assumeTrue(PostgresResource.isPgVectorAvailable(), "pgvector was not built here");
  }
}
