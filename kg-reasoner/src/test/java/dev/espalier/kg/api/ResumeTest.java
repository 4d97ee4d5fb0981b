package dev.espalier.kg.api;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.kg.artefact.ModelArtefact;
import dev.espalier.kg.core.generate.KinshipGenerator;
import dev.espalier.kg.training.TrainingJob;
import dev.espalier.persistence.Database;
import dev.espalier.persistence.Lease;
import dev.espalier.persistence.Leases;
import dev.espalier.persistence.StaleLeaseException;
import dev.espalier.persistence.TenantTransactions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ParkedWorkers.class)
class ResumeTest {

  private static final Duration HELD = Duration.ofMinutes(5);

  @Inject Leases leases;
  @Inject TrainingJob training;
  @Inject TenantTransactions transactions;
  @Inject Database database;

  private final KgClient client = KgClient.ofNewTenant();
  private String kg;

  @BeforeEach
  void upload() {
    kg = client.createKg();
    client.addTsv(
        kg,
        "train",
        new KinshipGenerator(40, 3, 5)
            .triples().stream()
                .map(t -> t.head() + "\t" + t.relation() + "\t" + t.tail())
                .toArray(String[]::new));
  }

  @Test
  void anotherWorkerGoesOnFromTheCheckpointToTheSameModel() {
    String undisturbed = train();
    training.run(claim(undisturbed), () -> false);
    String disturbed = train();
    Lease killed = claim(disturbed);
    training.run(killed, () -> epochs(disturbed) >= 1);
    assertEquals(1, epochs(disturbed));
    // The graph moves on meanwhile; the job does not.
    client.addTsv(kg, "train", "a\tnew\tb").statusCode(200);

    expireLeases();
    Lease next = claim(disturbed);
    assertTrue(next.fence() > killed.fence());
    assertThrows(StaleLeaseException.class, () -> training.run(killed, () -> false));
    training.run(next, () -> false);

    assertEquals(3, epochs(disturbed));
    assertArrayEquals(parameters(undisturbed), parameters(disturbed));
  }

  @Test
  void aWorkerOfACancelledJobWritesNothing() {
    String job = train();
    Lease lease = claim(job);
    client.request().post("/v1/jobs/" + job + "/cancel").then().statusCode(200);

    training.run(lease, () -> false);

    read(job).body("status", equalTo("cancelled"));
  }

  @Test
  void givesUpAfterThreeFailuresOfOurOwn() {
    String job = train();
    Lease lease = claim(job);

    training.run(new Lease(lease.id(), lease.tenant(), lease.fence(), 3), () -> false);

    read(job).body("status", equalTo("failed")).body("error.code", equalTo("internal.error"));
  }

  @Test
  void aQueryThatForgetsTheTenantSeesNothing() {
    train();
    for (String table :
        List.of(
            "kg",
            "kg_snapshot",
            "entity",
            "relation",
            "triple",
            "model",
            "job",
            "job_event",
            "checkpoint",
            "idempotency_key")) {
      String all = "SELECT 1 FROM " + table;
      assertEquals(
          List.of(), transactions.run(() -> database.query(all, row -> row.getInt(1))), table);
    }
  }

  @Test
  void aTrainingIsTakenInOncePerKey() {
    List<String> ids =
        List.of(1, 2).stream()
            .map(
                i ->
                    client
                        .request()
                        .header("Idempotency-Key", "k")
                        .contentType(ContentType.JSON)
                        .body(Map.of("seed", 1))
                        .post("/v1/kgs/" + kg + "/models")
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id"))
            .toList();
    assertEquals(ids.get(0), ids.get(1));
  }

  private String train() {
    return client
        .request()
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "seed",
                9,
                "config",
                Map.of(
                    "epochs", 3, "layers", 3, "queries_per_epoch", 100, "validation_queries", 20)))
        .post("/v1/kgs/" + kg + "/models")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  /** Jobs of other tests may come first; they are held by nobody's worker. */
  private Lease claim(String job) {
    while (true) {
      Lease lease = leases.claim("test", HELD).orElseThrow();
      if (lease.id().equals(UUID.fromString(job))) {
        return lease;
      }
    }
  }

  private void expireLeases() {
    transactions.run(
        () -> database.update("UPDATE job_task SET lease_until = now() - interval '1 second'"));
  }

  private ValidatableResponse read(String job) {
    return client.request().get("/v1/jobs/" + job).then().statusCode(200);
  }

  private int epochs(String job) {
    Integer epoch = read(job).extract().path("progress.epoch");
    return epoch == null ? 0 : epoch;
  }

  private float[] parameters(String job) {
    String model = read(job).body("status", equalTo("succeeded")).extract().path("model");
    return ModelArtefact.read(
            client.request().get("/v1/models/" + model + "/artefact").asByteArray())
        .parameters();
  }
}
