package dev.espalier.memory.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** Speaks to the service under test as one tenant. */
record MemoryClient(String tenant) {

  /** A tenant that no other test has. */
  static MemoryClient ofNewTenant() {
    return new MemoryClient("t-" + UUID.randomUUID());
  }

  RequestSpecification request() {
    return given()
        .header("X-Espalier-Tenant", tenant)
        .contentType(ContentType.JSON)
        .urlEncodingEnabled(false);
  }

  String createConversation() {
    return request()
        .body("{}")
        .post("/v1/conversations")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** Appends and waits until the turns are embedded. */
  void say(String conversation, String... contents) {
    for (String content : contents) {
      append(conversation, Map.of("role", "user", "content", content)).statusCode(201);
    }
  }

  ValidatableResponse append(String conversation, Map<String, ?> turn) {
    return request()
        .header("Prefer", "wait=20")
        .body(Map.of("turns", java.util.List.of(turn)))
        .post("/v1/conversations/" + conversation + "/turns")
        .then();
  }

  ValidatableResponse recall(String conversation, Map<String, ?> question) {
    return request().body(question).post("/v1/conversations/" + conversation + "/recall").then();
  }

  ValidatableResponse context(String conversation, Map<String, ?> question) {
    return request().body(question).post("/v1/conversations/" + conversation + "/context").then();
  }
}
