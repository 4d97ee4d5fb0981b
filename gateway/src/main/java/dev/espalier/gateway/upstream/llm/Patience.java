package dev.espalier.gateway.upstream.llm;

import java.time.Duration;

/**
 * How long an upstream may take. The client's deadline comes on top.
 *
 * @param connect until a connection stands
 * @param firstByte until the head of the answer, or the first event of a stream
 * @param idle of silence in the middle of the answer
 * @param total from the connection's begin to the answer's end
 */
public record Patience(Duration connect, Duration firstByte, Duration idle, Duration total) {

  public Patience {
    check(connect, "connect-timeout");
    check(firstByte, "first-byte-timeout");
    check(idle, "idle-timeout");
    check(total, "total-timeout");
    if (total.compareTo(firstByte) < 0) {
      throw new IllegalArgumentException("total-timeout: must not be below first-byte-timeout");
    }
  }

  private static void check(Duration duration, String key) {
    if (duration.isNegative() || duration.toMillis() == 0 || duration.toDays() > 1) {
      throw new IllegalArgumentException(key + ": must be between 1 ms and a day");
    }
  }
}
