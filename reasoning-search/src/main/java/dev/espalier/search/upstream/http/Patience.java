package dev.espalier.search.upstream.http;

import java.time.Duration;

/**
 * How long one request may take; the search's deadline comes on top.
 *
 * @param connect until a connection stands
 * @param firstByte until the head of the answer
 * @param idle of silence in the middle of the answer
 * @param total from the connection's begin to the answer's end
 */
public record Patience(Duration connect, Duration firstByte, Duration idle, Duration total) {

  public Patience {
    check(connect, "connect-timeout");
    check(firstByte, "timeout");
    check(idle, "idle-timeout");
    check(total, "total-timeout");
    if (total.compareTo(firstByte) < 0) {
      throw new IllegalArgumentException("total-timeout: must not be below timeout");
    }
  }

  private static void check(Duration duration, String key) {
    if (duration.isNegative() || duration.toMillis() == 0 || duration.toDays() > 1) {
      throw new IllegalArgumentException(key + ": must be between 1 ms and a day");
    }
  }
}
