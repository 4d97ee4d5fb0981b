package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.llm.Operation;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a model is to do, for whom.
 *
 * @param caller who pays
 * @param model as the client named it
 * @param body as the client sent it, checked
 * @param deadline the client's own, if it has one
 * @param cancellation tells that the client has gone
 */
public record ModelCall(
    Caller caller,
    String requestId,
    Operation operation,
    String model,
    JsonObject body,
    Optional<Instant> deadline,
    Cancellation cancellation) {

  private static final Duration A_DAY = Duration.ofDays(1);

  /** Until the client's deadline, at most a day. */
  Duration left() {
    Duration left = deadline.map(it -> Duration.between(Instant.now(), it)).orElse(A_DAY);
    return left.compareTo(A_DAY) < 0 ? left : A_DAY;
  }

  boolean isStream() {
    return Boolean.TRUE.equals(body.getValue("stream"));
  }

  /** Whether the client wants a chunk with the usage at the end of a stream. */
  boolean wantsStreamUsage() {
    return body.getValue("stream_options") instanceof JsonObject options
        && Boolean.TRUE.equals(options.getValue("include_usage"));
  }

  /** The limit that the request itself sets on what a model writes, for all its choices. */
  Optional<Long> maxCompletionTokens() {
    Object limit = body.getValue("max_completion_tokens");
    if (limit == null) {
      limit = body.getValue("max_tokens");
    }
    return limit instanceof Number number
        ? Optional.of(number.longValue() * choices())
        : Optional.empty();
  }

  long choices() {
    return body.getValue("n") instanceof Number number ? Math.max(1, number.longValue()) : 1;
  }
}
