package dev.espalier.memory.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** D6: a database that takes no writes is read all the same, and written again when it does. */
@QuarkusTest
@TestProfile(PlainPostgres.class)
class DatabaseFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ROUNDS = 10;

  private final MemoryClient client = MemoryClient.ofNewTenant();
  private final Config config = ConfigProvider.getConfig();

  /** With a closed segment, whose summary nobody has asked for yet. */
  private String conversation;

  @BeforeEach
  void talk() {
    conversation = client.createConversation();
    client
        .request()
        .header("Prefer", "wait=20")
        .body(
            Map.of(
                "turns",
                IntStream.rangeClosed(1, 101)
                    .mapToObj(i -> Map.of("role", "user", "content", "The ladder is in room " + i))
                    .toList()))
        .post("/v1/conversations/" + conversation + "/turns")
        .then()
        .statusCode(201);
  }

  @AfterEach
  void repair() throws SQLException {
    readOnly("off");
    awaitStatus(201, () -> client.request().body("{}").post("/v1/conversations"));
    database("DROP TRIGGER IF EXISTS full_disk ON memory.turn");
    database("DROP TRIGGER IF EXISTS full_disk ON memory.compact_summary");
  }

  @Test
  void isReadWhileItIsReadOnly() throws SQLException {
    readOnly("on");
    awaitStatus(503, () -> append("a turn that is refused"));

    checkReadsAndRefusals("read-only");

    readOnly("off");
    checkRecovery("read-only");
  }

  @Test
  void isReadWhileItsDiskIsFull() throws SQLException {
    database(
        """
        CREATE OR REPLACE FUNCTION memory.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$
        """);
    for (String table : List.of("turn", "compact_summary")) {
      database(
          "CREATE TRIGGER full_disk BEFORE INSERT ON memory."
              + table
              + " FOR EACH ROW EXECUTE FUNCTION memory.full_disk()");
    }

    checkReadsAndRefusals("full disk");

    repair();
    checkRecovery("full disk");
  }

  private void checkReadsAndRefusals(String fault) {
    String path = "/v1/conversations/" + conversation;
    int reads = 0;
    int succeeded = 0;
    for (int i = 0; i < ROUNDS; i++) {
      List<Response> answers = new ArrayList<>();
      answers.add(client.request().get(path));
      answers.add(client.request().get(path + "/turns"));
      answers.add(client.request().get(path + "/summary"));
      answers.add(client.request().get(path + "/summaries"));
      answers.add(client.request().get(path + "/export"));
      for (String mode : List.of("hybrid", "dense", "lexical")) {
        answers.add(
            client
                .request()
                .body(Map.of("query", "Where is the ladder?", "mode", mode))
                .post(path + "/recall"));
      }
      answers.add(
          client
              .request()
              .body(Map.of("input", "Where is the ladder?", "budget_tokens", 4000))
              .post(path + "/context"));
      reads += answers.size();
      succeeded += (int) answers.stream().filter(answer -> answer.statusCode() == 200).count();
      append("a turn that is refused")
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("code", equalTo("database.read_only"));
    }
    System.out.printf("D6 %s: %d of %d reads succeeded%n", fault, succeeded, reads);
    assertEquals(reads, succeeded);
  }

  private void checkRecovery(String fault) {
    long start = System.nanoTime();
    awaitStatus(201, () -> append("The ladder is back."));
    System.out.printf(
        "D6 %s: written again after %.2f s%n", fault, (System.nanoTime() - start) / 1e9);
    client
        .request()
        .get("/v1/conversations/" + conversation + "/turns?after_seq=101")
        .then()
        .body("turns.size()", equalTo(1))
        .body("turns[0].content", equalTo("The ladder is back."));
    client
        .request()
        .get("/v1/conversations/" + conversation + "/summaries")
        .then()
        .statusCode(200)
        .body("summaries.size()", not(equalTo(0)));
  }

  private Response append(String content) {
    return client
        .request()
        .body(Map.of("turns", List.of(Map.of("role", "user", "content", content))))
        .post("/v1/conversations/" + conversation + "/turns");
  }

  /** The database's sessions notice a setting with their next command. */
  private static void awaitStatus(int status, Supplier<Response> request) {
    Instant end = Instant.now().plus(PATIENCE);
    while (request.get().statusCode() != status) {
      assertTrue(Instant.now().isBefore(end), "not within " + PATIENCE);
    }
  }

  private void readOnly(String state) throws SQLException {
    database("ALTER SYSTEM SET default_transaction_read_only = " + state);
    database("SELECT pg_reload_conf()");
  }

  private void database(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                config.getValue("testkit.superuser.jdbc-url", String.class),
                config.getValue("testkit.superuser.username", String.class),
                config.getValue("testkit.superuser.password", String.class));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
