package dev.espalier.gateway.core.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventDecoderTest {

  private static final String STREAM =
      ": comment\n\ndata: {\"a\":\"\u00e4\ud83c\udf33\"}\n\nevent: x\r\ndata:two\r\ndata: lines\r\n\r\n"
          + "id: 7\n\ndata: [DONE]\n\ndata: without an end";

  @Test
  void givesTheSameEventsHoweverTheBytesCome() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] bytes = STREAM.getBytes(UTF_8);
    for (int run = 0; run < 200; run++) {
      EventDecoder decoder = new EventDecoder(1000);
      List<String> events = new ArrayList<>();
      int start = 0;
      while (start < bytes.length) {
        int end = Math.min(bytes.length, start + 1 + random.nextInt(9));
        events.addAll(decoder.decode(Arrays.copyOfRange(bytes, start, end)));
        start = end;
      }
      assertEquals(List.of("{\"a\":\"\u00e4\ud83c\udf33\"}", "two\nlines", "[DONE]"), events);
    }
  }

  @Test
  void refusesAnEventWithoutEnd() {
    EventDecoder decoder = new EventDecoder(100);
    byte[] part = ("data: " + "x".repeat(60)).getBytes(UTF_8);

    decoder.decode(part);

    assertThrows(EventDecoder.OversizedException.class, () -> decoder.decode(part));
  }
}
