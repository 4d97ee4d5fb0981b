package dev.espalier.gateway.api;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Optional;

/** How long a client wants to wait, as it says in milliseconds. */
public final class ClientTimeout {

  public static final String HEADER = "X-Request-Timeout-Ms";

  private ClientTimeout() {}

  /**
   * @throws ProblemException {@code request.malformed_header}
   */
  public static Optional<Duration> of(MultiMap headers) {
    return read(headers, HEADER);
  }

  /** The same from another header. */
  public static Optional<Duration> read(MultiMap headers, String header) {
    String sent = headers.get(header);
    if (sent == null) {
      return Optional.empty();
    }
    try {
      long millis = Long.parseLong(sent.strip());
      if (millis > 0) {
        return Optional.of(Duration.ofMillis(millis));
      }
    } catch (NumberFormatException e) {
      // Falls through: as wrong as a number that is not positive.
    }
    throw new ProblemException(
        Problem.of(ErrorCode.MALFORMED_HEADER, header + " is not a positive number"));
  }
}
