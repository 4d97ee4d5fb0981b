package dev.espalier.search.upstream.detector;

import static dev.espalier.search.upstream.UnderTest.PATIENT;
import static dev.espalier.search.upstream.UnderTest.group;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.search.core.group.VerbatimGrouper;
import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import dev.espalier.search.core.tree.StepClass;
import dev.espalier.search.upstream.RecordingMeter;
import dev.espalier.search.upstream.UnderTest;
import dev.espalier.search.upstream.detector.DetectorGrouper.Judge;
import dev.espalier.search.upstream.http.Load;
import dev.espalier.search.upstream.http.Patience;
import dev.espalier.search.upstream.http.UpstreamClient;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** U10 and U11: whatever the detector does, every candidate is in one class. */
@Timeout(30)
class DetectorGrouperTest {

  private static final String DETECTOR =
      "\"detector\":{\"name\":\"d\",\"version\":\"1\",\"threshold\":0.8},";
  private static final String NO_JUDGE =
      "\"usage\":{\"judge_calls\":0,\"prompt_tokens\":0,\"completion_tokens\":0,\"estimated\":false}";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Need.Group THREE = group("2 + 3 = 5", "3 + 2 = 5", "2 * 3 = 6");

  private final UnderTest test = new UnderTest();

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void takesTheDetectorsClassesAndItsEvidence() throws Exception {
    test.server.reply(
        groups(
            "{\"representative\":\"1\",\"members\":[\"0\",\"1\"],\"multiplicity\":2,\"signature\":\"abc\","
                + "\"evidence\":[{\"a\":\"0\",\"b\":\"1\",\"equivalent\":true,\"probability\":0.98,"
                + "\"tier\":\"claims\",\"claims\":[\"5\"],\"reason\":\"same_claims\"}]}",
            "{\"representative\":\"2\",\"members\":[\"2\"],\"signature\":\"def\",\"evidence\":[]}"));

    Grouping grouping = grouper(Judge.NONE).group("Add.", THREE, test.context());

    assertEquals(List.of(List.of(0, 1), List.of(2)), members(grouping));
    assertEquals("d 1 at 0.8", grouping.detector());
    assertNull(grouping.unavailable());
    StepClass first = grouping.classes().get(0);
    assertEquals(1, first.representative());
    assertEquals("abc", first.signature());
    assertEquals("same_claims", first.evidence().get(0).reason());
    assertEquals(List.of("5"), first.evidence().get(0).claims());
    ReceivedRequest request = test.server.requests().get(0);
    JsonNode sent = new ObjectMapper().readTree(request.body());
    assertEquals("/v1/equivalence/groups", request.target());
    assertEquals("tenant", request.header("X-Espalier-Tenant").get());
    assertEquals("request-1", request.header("X-Request-Id").get());
    assertTrue(Integer.parseInt(request.header("X-Espalier-Timeout-Ms").get()) <= 10_000);
    assertEquals(0.7, sent.path("threshold").asDouble());
    assertEquals("2", sent.path("steps").path(2).path("id").asText());
    assertEquals(false, sent.path("judge").asBoolean(true));
    assertEquals(0, test.meter.calls().size());
  }

  @Test
  void accountsForTheDetectorsJudge() {
    test.server.reply(
        Reply.json(
            200,
            body(
                "\"usage\":{\"judge_calls\":1,\"prompt_tokens\":300,\"completion_tokens\":20,\"estimated\":true}",
                apart(3))));
    Judge judge = new Judge(true, new Usage(1000, 100, true), new Price(1, 1));

    grouper(judge).group("Add.", THREE, test.context());

    assertEquals(CallKind.JUDGE, test.meter.calls().get(0).kind);
    assertEquals(new Usage(300, 20, true), test.meter.spent());
  }

  @Test
  void doesWithoutTheJudgeThatCannotBePaid() throws Exception {
    test.server.reply(groups(apart(3)));
    Judge judge = new Judge(true, new Usage(1000, 100, true), new Price(1, 1));
    RecordingMeter broke = new RecordingMeter(0);

    Grouping grouping =
        grouper(judge).group("Add.", THREE, UnderTest.context(Duration.ofSeconds(5), broke));

    assertNull(grouping.unavailable());
    JsonNode sent = new ObjectMapper().readTree(test.server.requests().get(0).body());
    assertEquals(false, sent.path("judge").asBoolean(true));
  }

  @Test
  void comparesTheTextWhenTheDetectorIsSlowDownOrBroken() {
    record Fault(String name, Reply reply, String code) {}
    List<Fault> faults =
        List.of(
            new Fault("never", Reply.never(), "detector.timeout"),
            new Fault(
                "slow", Reply.json(200, "{").after(Duration.ofSeconds(4)), "detector.timeout"),
            new Fault("cut", Reply.cut(), "detector.unavailable"),
            new Fault("503", Reply.status(503), "detector.unavailable"),
            new Fault(
                "429", Reply.status(429).withHeader("Retry-After", "0"), "detector.rate_limited"),
            new Fault("422", Reply.status(422), "detector.refused"),
            new Fault("half", Reply.json(200, "{\"groups\":[").thenCut(), "detector.unavailable"),
            new Fault("no JSON", Reply.json(200, "<html>"), "detector.malformed"));
    Need.Group need = group("same", "same", "other");
    for (Fault fault : faults) {
      test.server.reply(fault.reply());
      long began = System.nanoTime();

      Grouping grouping = grouper(SHORT, Judge.NONE).group("Add.", need, test.context());

      long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
      assertEquals(fault.code(), grouping.unavailable(), fault.name());
      assertNull(grouping.detector(), fault.name());
      assertEquals(List.of(List.of(0, 1), List.of(2)), members(grouping), fault.name());
      assertTrue(millis < 3000, fault.name() + " took " + millis);
      System.out.printf(
          "U10 detector %s: by text after %d ms, %s%n", fault.name(), millis, fault.code());
    }
    assertEquals(faults.size(), test.server.requests().size());
  }

  @Test
  void stopsAskingADetectorThatIsDown() {
    URI nowhere = test.server.uri();
    test.server.close();
    Load load = new Load(2, 1, 1 << 20, new Load.Breaker(5, 0.5, Duration.ofSeconds(60)));
    DetectorGrouper grouper = grouper(test.client(nowhere, patience(SHORT), load), Judge.NONE);
    long began = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      assertEquals("detector.unavailable", grouper.group("p", THREE, test.context()).unavailable());
    }
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    System.out.printf("U10 detector down: 200 groupings by text in %d ms%n", millis);
    assertTrue(millis < 5000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"representative\":\"0\",\"members\":[\"0\",\"1\"]}",
        "{\"representative\":\"0\",\"members\":[\"0\",\"1\",\"1\",\"2\"]}",
        "{\"representative\":\"0\",\"members\":[\"0\",\"1\"]},{\"representative\":\"1\",\"members\":[\"1\",\"2\"]}",
        "{\"representative\":\"2\",\"members\":[\"0\",\"1\"]},{\"representative\":\"2\",\"members\":[\"2\"]}",
        "{\"representative\":\"0\",\"members\":[\"0\",\"1\",\"2\",\"3\"]}",
        "{\"representative\":\"0\",\"members\":[]},{\"representative\":\"0\",\"members\":[\"0\",\"1\",\"2\"]}",
        "{\"members\":[\"0\",\"1\",\"2\"]}",
        "null",
        "7",
        "{\"representative\":\"0\",\"members\":[\"0\",\"1\",\"2\"],\"evidence\":[{\"a\":\"0\",\"b\":\"9\"}]}"
      })
  void refusesWhatIsNoPartition(String groups) {
    test.server.reply(groups(groups));

    Grouping grouping = grouper(Judge.NONE).group("Add.", THREE, test.context());

    assertEquals("detector.malformed", grouping.unavailable());
    assertEquals(3, members(grouping).stream().mapToInt(List::size).sum());
  }

  @Test
  void keepsTheEndApartWhateverADetectorSays() {
    test.server.reply(
        groups("{\"representative\":\"0\",\"members\":[\"0\",\"1\",\"2\"],\"signature\":\"s\"}"));
    List<Candidate> candidates =
        List.of(
            new Candidate("a", null, 1, false, null),
            new Candidate("b", null, 1, true, null),
            new Candidate("c", null, 1, false, null));

    Grouping grouping =
        grouper(Judge.NONE).group("p", new Need.Group(0, 0, List.of(), candidates), test.context());

    assertEquals(List.of(List.of(1), List.of(0, 2)), members(grouping));
    assertNull(grouping.unavailable());
    assertTrue(grouping.classes().stream().allMatch(c -> c.signature() == null));
    System.out.println("U11 detector always equivalent: terminal steps stay apart");
  }

  @Test
  void comparesByTextWhatDoesNotFit() {
    String longer = "x".repeat(8_001);
    List<String> texts = new ArrayList<>(List.of(longer, "a", longer, "b"));
    test.server.otherwise(
        request -> groups("{\"representative\":\"1\",\"members\":[\"1\",\"3\"]}"));

    Grouping some =
        grouper(Judge.NONE).group("p", group(texts.toArray(String[]::new)), test.context());
    Grouping problem = grouper(Judge.NONE).group("x".repeat(20_001), THREE, test.context());
    List<String> prefix = IntStream.range(0, 129).mapToObj(i -> "s" + i).toList();
    Grouping deep =
        grouper(Judge.NONE)
            .group("p", new Need.Group(0, 0, prefix, THREE.candidates()), test.context());

    assertEquals(List.of(List.of(1, 3), List.of(0, 2)), members(some));
    assertNull(some.unavailable());
    assertEquals("detector.limits", problem.unavailable());
    assertEquals("detector.limits", deep.unavailable());
    assertEquals(1, test.server.requests().size());
  }

  @Test
  void sendsNoMoreThanTheDetectorTakes() throws Exception {
    test.server.reply(groups(apart(256)));
    String[] many = IntStream.range(0, 300).mapToObj(i -> "step " + i % 290).toArray(String[]::new);

    Grouping grouping = grouper(Judge.NONE).group("p", group(many), test.context());

    JsonNode sent = new ObjectMapper().readTree(test.server.requests().get(0).body());
    assertEquals(256, sent.path("steps").size());
    assertEquals(300, members(grouping).stream().mapToInt(List::size).sum());
    assertNull(grouping.unavailable());
  }

  private DetectorGrouper grouper(Judge judge) {
    return grouper(TIMEOUT, judge);
  }

  private DetectorGrouper grouper(Duration timeout, Judge judge) {
    return grouper(test.trusted(patience(timeout), new Load(2, 1, 1 << 20, PATIENT)), judge);
  }

  private static DetectorGrouper grouper(UpstreamClient client, Judge judge) {
    return new DetectorGrouper(client, new VerbatimGrouper(), 0.7, judge);
  }

  private static Patience patience(Duration timeout) {
    return new Patience(timeout, timeout, timeout, timeout);
  }

  private static List<List<Integer>> members(Grouping grouping) {
    return grouping.classes().stream().map(StepClass::members).toList();
  }

  private static String apart(int count) {
    return String.join(
        ",",
        IntStream.range(0, count)
            .mapToObj(i -> "{\"representative\":\"" + i + "\",\"members\":[\"" + i + "\"]}")
            .toList());
  }

  private static Reply groups(String... groups) {
    return Reply.json(200, body(NO_JUDGE, groups));
  }

  private static String body(String usage, String... groups) {
    return "{\"groups\":[" + String.join(",", groups) + "]," + DETECTOR + usage + "}";
  }
}
