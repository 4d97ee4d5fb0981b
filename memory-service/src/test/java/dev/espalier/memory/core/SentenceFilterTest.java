package dev.espalier.memory.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceFilterTest {

  private static final String CHATTER = "The day was long and everybody talked about the weather. ";

  @Test
  void keepsTheSentencesThatHaveToDoWithTheQuestion() {
    Turn turn = turn(CHATTER.repeat(4) + "Biscuit hides when it thunders. " + CHATTER.repeat(4));
    SentenceFilter filter = new SentenceFilter("When does Biscuit hide?", List.of(turn));

    String shortened = filter.shorten(turn).content();

    assertEquals(
        "The day was long and everybody talked about the weather. ".repeat(3)
            + "[...] Biscuit hides when it thunders. [...]",
        shortened);
  }

  @Test
  void leavesShortTurnsAlone() {
    Turn turn = turn("Short. And sweet.");

    assertSame(turn, new SentenceFilter("anything", List.of(turn)).shorten(turn));
  }

  private static Turn turn(String content) {
    return new Turn(1, new NewTurn(Role.USER, null, content, null, null, Map.of()), Instant.EPOCH);
  }
}
