package dev.espalier.kg.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Speaks to the service under test as one tenant. */
record KgClient(String tenant) {

  /** A tenant that no other test has. */
  static KgClient ofNewTenant() {
    return new KgClient("t-" + UUID.randomUUID());
  }

  RequestSpecification request() {
    return given()
        .header("X-Espalier-Tenant", tenant)
        .config(
            io.restassured.config.RestAssuredConfig.config()
                .encoderConfig(
                    io.restassured.config.EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .defaultContentCharset("UTF-8")
                        .encodeContentTypeAs("application/n-triples", ContentType.TEXT)
                        .encodeContentTypeAs("text/turtle", ContentType.TEXT)
                        .encodeContentTypeAs("text/tab-separated-values", ContentType.TEXT)
                        .encodeContentTypeAs("text/csv", ContentType.TEXT)
                        .encodeContentTypeAs("application/x-ndjson", ContentType.TEXT)
                        .encodeContentTypeAs("application/ld+json", ContentType.TEXT)))
        .urlEncodingEnabled(false);
  }

  String createKg() {
    return request()
        .contentType(ContentType.JSON)
        .body(Map.of("name", "a graph"))
        .post("/v1/kgs")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  ValidatableResponse upload(String kg, String type, String document) {
    return request().contentType(type).body(document).post(triples(kg)).then();
  }

  ValidatableResponse remove(String kg, String type, String document) {
    return request().contentType(type).body(document).delete(triples(kg)).then();
  }

  ValidatableResponse addTsv(String kg, String split, String... lines) {
    return request()
        .contentType("text/tab-separated-values")
        .body(String.join("\n", lines))
        .post(triples(kg) + "?split=" + split)
        .then();
  }

  /** The lines of an export as TSV, sorted. */
  List<String> exported(String kg) {
    String text =
        request()
            .accept("text/tab-separated-values")
            .get(triples(kg))
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return Arrays.stream(text.split("\n")).filter(line -> !line.isEmpty()).sorted().toList();
  }

  ValidatableResponse read(String kg) {
    return request().get("/v1/kgs/" + kg).then();
  }

  static String triples(String kg) {
    return "/v1/kgs/" + kg + "/triples";
  }
}
