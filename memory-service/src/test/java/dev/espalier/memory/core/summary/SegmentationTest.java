package dev.espalier.memory.core.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.memory.core.NewTurn;
import dev.espalier.memory.core.Role;
import dev.espalier.memory.core.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentationTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SEED = 11;

  private final Segmentation segmentation =
      new Segmentation(3, Duration.ofHours(6), 100, String::length);

  @Test
  void closesAFullSegment() {
    List<Segment> segments =
        segmentation.of(
            List.of(turn(1, 0, "a"), turn(2, 0, "b"), turn(3, 0, "c"), turn(4, 0, "d")));

    assertEquals(List.of("1-3 closed", "4-4 open"), shown(segments));
  }

  @Test
  void closesBeforeAPause() {
    List<Segment> segments = segmentation.of(List.of(turn(1, 0, "a"), turn(2, 7, "b")));

    assertEquals(List.of("1-1 closed", "2-2 open"), shown(segments));
  }

  @Test
  void closesBeforeTooManyTokens() {
    List<Segment> segments =
        segmentation.of(
            List.of(turn(1, 0, "a".repeat(60)), turn(2, 0, "b".repeat(60)), turn(3, 0, "c")));

    assertEquals(List.of("1-1 closed", "2-3 open"), shown(segments));
  }

  @Test
  void neverChangesAClosedSegmentWhenTurnsCome() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    List<Turn> turns = new ArrayList<>();
    List<String> closed = List.of();
    long hours = 0;
    for (int seq = 1; seq <= 200; seq++) {
      hours += random.nextInt(10) == 0 ? 8 : 0;
      turns.add(turn(seq, hours, "x".repeat(1 + random.nextInt(70))));
      List<String> now =
          shown(segmentation.of(turns)).stream().filter(s -> s.endsWith("closed")).toList();

      assertEquals(closed, now.subList(0, closed.size()));
      closed = now;
    }
  }

  private static List<String> shown(List<Segment> segments) {
    return segments.stream()
        .map(s -> s.firstSeq() + "-" + s.lastSeq() + (s.isClosed() ? " closed" : " open"))
        .toList();
  }

  static Turn turn(long seq, long hours, String content) {
    Instant at = START.plus(Duration.ofHours(hours));
    return new Turn(seq, new NewTurn(Role.USER, "Ann", content, at, null, Map.of()), at);
  }
}
