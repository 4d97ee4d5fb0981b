package dev.espalier.kg.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@TestProfile(PlainPostgres.class)
class UploadTest {

  private static final String TSV = "text/tab-separated-values";
  private static final String NTRIPLES = "application/n-triples";
  private static final String TURTLE = "text/turtle";

  private final KgClient client = KgClient.ofNewTenant();
  private String kg;

  @BeforeEach
  void createKg() {
    kg = client.createKg();
  }

  static List<Arguments> twoTriplesInEveryFormat() {
    return List.of(
        Arguments.of(TSV, "urn:a\turn:knows\turn:b\r\n\nurn:b\turn:knows\turn:c\n"),
        Arguments.of(TSV, "urn:a urn:knows urn:b\nurn:b  urn:knows  urn:c"),
        Arguments.of(
            "text/csv", "head,relation,tail\nurn:a,urn:knows,urn:b\n\"urn:b\",urn:knows,urn:c"),
        Arguments.of(
            NTRIPLES, "# two\n<urn:a> <urn:knows> <urn:b> .\n<urn:b> <urn:knows> <urn:c> .\n"),
        Arguments.of(TURTLE, "@prefix u: <urn:> . u:a u:knows u:b . u:b u:knows u:c ."),
        Arguments.of(
            "application/json",
            """
            {"triples": [{"head": "urn:a", "relation": "urn:knows", "tail": "urn:b"},
              {"tail": "urn:c", "relation": "urn:knows", "head": "urn:b"}]}
            """),
        Arguments.of(
            "application/x-ndjson",
            """
            {"head": "urn:a", "relation": "urn:knows", "tail": "urn:b"}
            {"head": "urn:b", "relation": "urn:knows", "tail": "urn:c"}
            """),
        Arguments.of(
            "application/ld+json",
            """
            {"@context": {"knows": {"@id": "urn:knows", "@type": "@id"}},
             "@graph": [{"@id": "urn:a", "knows": "urn:b"}, {"@id": "urn:b", "knows": "urn:c"}]}
            """));
  }

  @ParameterizedTest
  @MethodSource("twoTriplesInEveryFormat")
  void readsEveryFormat(String type, String document) {
    client
        .upload(kg, type, document)
        .statusCode(200)
        .body("received", equalTo(2))
        .body("added", equalTo(2))
        .body("kg.entities", equalTo(3))
        .body("kg.relations", equalTo(1))
        .body("kg.triples.train", equalTo(2))
        .body("kg.snapshot", equalTo(1));

    assertEquals(
        List.of("urn:a\turn:knows\turn:b", "urn:b\turn:knows\turn:c"), client.exported(kg));
  }

  static List<Arguments> malformedInTheMiddle() {
    return List.of(
        Arguments.of(TSV, "a\tr\tb\nc\tr\nd\tr\te\n", 2),
        Arguments.of(TSV, "a\tr\tb\na\tr\t\n", 2),
        Arguments.of("text/csv", "a,r,b\na,r,b,c\n", 2),
        Arguments.of("text/csv", "a,r,b\n\"a,r,b\nc,r,d\n", 2),
        Arguments.of(NTRIPLES, "<urn:a> <urn:r> <urn:b> .\n<urn:a> <urn:r> .\n", 2),
        Arguments.of(NTRIPLES, "<urn:a> <urn:r> <urn:b> .\n<urn:a> \"r\" <urn:b> .\n", 2),
        Arguments.of(TURTLE, "<urn:a> <urn:r> <urn:b> .\n\n<urn:a> <urn:r> <relative> .\n", 3),
        Arguments.of(TURTLE, "<urn:a> <urn:r> <urn:b> .\n<urn:a> u:r <urn:b> .\n", 2),
        Arguments.of("application/json", "{\"triples\": [\n{\"head\": \"a\"}\n]}", 2),
        Arguments.of("application/json", "{\"triples\": [\n{\"head\": 7}\n]}", 2),
        Arguments.of("application/json", "{\"other\": []}", 1),
        Arguments.of("application/json", "[]", 1),
        Arguments.of("application/json", "{\"triples\": []}\n{}", 2),
        Arguments.of(
            "application/x-ndjson",
            "{\"head\": \"a\", \"relation\": \"r\", \"tail\": \"b\"}\n{\"head\": \"a\",}\n",
            2),
        Arguments.of(
            "application/x-ndjson",
            "{\"head\": \"a\", \"relation\": \"r\", \"tail\": \"\\u0000\"}\n",
            1),
        Arguments.of(
            "application/x-ndjson",
            "{\"head\": \"a\", \"relation\": \"r\", \"tail\": \"\\ud800\"}\n",
            1),
        Arguments.of("application/ld+json", "{\n\"@id\": }", 2),
        Arguments.of(TURTLE, "<urn:a> <urn:r> " + "[ <urn:r> ".repeat(50_000), 1));
  }

  @ParameterizedTest
  @MethodSource("malformedInTheMiddle")
  void namesTheLineAndLoadsNothing(String type, String document, int line) {
    client
        .upload(kg, type, document)
        .statusCode(400)
        .body("code", equalTo("kg.malformed_triples"))
        .body("line", equalTo(line))
        .body("detail", containsString("line " + line));

    client.read(kg).body("triples.total", equalTo(0)).body("entities", equalTo(0));
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] latin1 = {'a', '\t', 'r', '\t', 'b', '\n', 'c', '\t', 'r', '\t', (byte) 0xe9, '\n'};

    client
        .request()
        .contentType(TSV)
        .body(latin1)
        .post(KgClient.triples(kg))
        .then()
        .statusCode(400)
        .body("line", equalTo(2))
        .body("detail", containsString("UTF-8"));
  }

  @Test
  void fetchesNoRemoteContext() {
    client
        .upload(
            kg,
            "application/ld+json",
            "{\"@context\": \"https://schema.org/\", \"@id\": \"urn:a\", \"name\": \"A\"}")
        .statusCode(400)
        .body("code", equalTo("kg.malformed_triples"))
        .body("detail", containsString("remote context"));
  }

  @Test
  void refusesALiteralOfAMegabyteUnlessLiteralsAreLeftOut() {
    String document =
        "<urn:a> <urn:r> <urn:b> .\n<urn:a> <urn:text> \"%s\" .\n".formatted("x".repeat(1 << 20));

    client.upload(kg, NTRIPLES, document).statusCode(400).body("line", equalTo(2));
    client
        .request()
        .contentType(NTRIPLES)
        .body(document)
        .post(KgClient.triples(kg) + "?literals=skip")
        .then()
        .statusCode(200)
        .body("added", equalTo(1))
        .body("skipped_literals", equalTo(1));
  }

  @ParameterizedTest
  @CsvSource({
    "text/turtle,'<urn:a> <urn:r> \"\"\"'",
    "text/csv,'a,r,\"'",
    "application/json,'{\"triples\": [ '"
  })
  void stopsAtATextThatNeverBecomesATriple(String type, String beginning) {
    client
        .upload(kg, type, beginning + "x \n".repeat(2_000_000))
        .statusCode(400)
        .body("code", equalTo("kg.malformed_triples"));
  }

  @Test
  void storesATripleOnce() {
    client
        .addTsv(kg, "train", "a\tr\tb", "a\tr\tb")
        .body("received", equalTo(2))
        .body("added", equalTo(1));

    client
        .addTsv(kg, "test", "a\tr\tb")
        .statusCode(200)
        .body("added", equalTo(0))
        .body("known", equalTo(1))
        .body("kg.snapshot", equalTo(1))
        .body("kg.triples.train", equalTo(1))
        .body("kg.triples.test", equalTo(0));
  }

  @Test
  void keepsSplitsApart() {
    client.addTsv(kg, "train", "a\tr\tb");
    client.addTsv(kg, "valid", "a\tr\tc");
    client.addTsv(kg, "test", "a\tr\td", "a\tr\te");

    client
        .read(kg)
        .body("triples.train", equalTo(1))
        .body("triples.valid", equalTo(1))
        .body("triples.test", equalTo(2))
        .body("triples.total", equalTo(4))
        .body("snapshot", equalTo(3));
    assertEquals(
        "{\"head\":\"a\",\"relation\":\"r\",\"tail\":\"c\"}",
        client
            .request()
            .accept("application/x-ndjson")
            .get(KgClient.triples(kg) + "?split=valid")
            .asString()
            .strip());
  }

  @Test
  void removesTriplesAndAddsThemAgain() {
    client.addTsv(kg, "train", "a\tr\tb", "b\tr\tc");

    client
        .remove(kg, TSV, "a\tr\tb\nx\tr\ty\n")
        .statusCode(200)
        .body("removed", equalTo(1))
        .body("unknown", equalTo(1))
        .body("kg.snapshot", equalTo(2))
        .body("kg.triples.train", equalTo(1));
    assertEquals(List.of("b\tr\tc"), client.exported(kg));
    client.addTsv(kg, "test", "a\tr\tb").body("added", equalTo(1)).body("kg.snapshot", equalTo(3));
    client.read(kg).body("triples.test", equalTo(1));
  }

  @Test
  void aNodeWithoutALabelIsOneNodePerDocument() {
    String document = "<urn:a> <urn:r> [ <urn:r> <urn:b> ] .";
    client.upload(kg, TURTLE, document).body("added", equalTo(2));

    client.upload(kg, TURTLE, document).body("added", equalTo(0));
    client.upload(kg, TURTLE, document + " ").body("added", equalTo(2));
    assertTrue(client.exported(kg).stream().noneMatch(line -> line.contains("~")));
  }

  @Test
  void exportsAsNTriplesWhatItCanReadAgain() {
    List<String> names =
        List.of(
            "alice", "a b", "http://x.org/a", "_:n1", "\"text\\n\"@en", "\"7\"^^<urn:t>", "ü\\\"");
    String document =
        names.stream().map(name -> "h\tr r\t" + name).collect(Collectors.joining("\n"));
    client.upload(kg, TSV, document).statusCode(200);

    String exported =
        client.request().accept(NTRIPLES).get(KgClient.triples(kg)).then().extract().asString();
    String other = client.createKg();
    client.upload(other, NTRIPLES, exported).statusCode(200).body("added", equalTo(names.size()));
    assertEquals(client.exported(kg), client.exported(other));
  }

  @Test
  void takesCyclesAndAHub() {
    client.addTsv(kg, "train", "a\tr\ta", "a\tr\tb", "b\tr\ta");
    String hub =
        IntStream.range(0, 30_000).mapToObj(i -> "hub\tr\tn" + i).collect(Collectors.joining("\n"));

    client.upload(kg, TSV, hub).statusCode(200).body("added", equalTo(30_000));
    client.read(kg).body("triples.train", equalTo(30_003)).body("entities", equalTo(30_003));
  }

  @Test
  void anEmptyDocumentChangesNothing() {
    client
        .upload(kg, NTRIPLES, "")
        .statusCode(200)
        .body("added", equalTo(0))
        .body("kg.snapshot", equalTo(0));
    assertEquals(List.of(), client.exported(kg));
  }

  @Test
  void anotherTenantSeesNothing() {
    client.addTsv(kg, "train", "a\tr\tb");
    KgClient stranger = KgClient.ofNewTenant();

    stranger.read(kg).statusCode(404).body("code", equalTo("kg.not_found"));
    stranger.addTsv(kg, "train", "c\tr\td").statusCode(404);
    stranger.remove(kg, TSV, "a\tr\tb").statusCode(404);
    stranger.request().get(KgClient.triples(kg)).then().statusCode(404);
    stranger.request().delete("/v1/kgs/" + kg).then().statusCode(404);
    stranger.request().get("/v1/kgs").then().body("kgs.size()", equalTo(0));
    client.read(kg).body("triples.train", equalTo(1));
  }

  @Test
  void deletesAGraphWithItsTriples() {
    client.addTsv(kg, "train", "a\tr\tb");

    client.request().delete("/v1/kgs/" + kg).then().statusCode(204);

    client.read(kg).statusCode(404);
    client.addTsv(kg, "train", "a\tr\tb").statusCode(404);
  }

  @Test
  void listsGraphsInPages() {
    String second = client.createKg();

    String next =
        client
            .request()
            .get("/v1/kgs?limit=1")
            .then()
            .body("kgs[0].id", equalTo(second))
            .extract()
            .path("next_cursor");
    client
        .request()
        .get("/v1/kgs?limit=2&cursor=" + next)
        .then()
        .body("kgs[0].id", equalTo(kg))
        .body("next_cursor", nullValue());
  }

  @Test
  void refusesWhatItDoesNotRead() {
    client.upload(kg, "application/rdf+xml", "<rdf/>").statusCode(415);
    client.request().accept("application/rdf+xml").get(KgClient.triples(kg)).then().statusCode(406);
    client
        .request()
        .contentType(TSV)
        .body("a\tr\tb")
        .post(KgClient.triples(kg) + "?split=all")
        .then()
        .statusCode(422);
    client
        .request()
        .contentType("application/json")
        .body(Map.of())
        .post("/v1/kgs")
        .then()
        .statusCode(422);
    client.read("../x").statusCode(404);
  }
}
