package dev.espalier.gateway.compat.mcp;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A tool that is being called.
 *
 * @param arguments as the client sent them; the services behind check what is in them
 * @param tenant whose call it is
 * @param requestId for the log
 * @param patience how long it may take, as a function of the most that the tool wants to allow
 * @param progress tells the client how far it is, where it asked to be told
 * @param isAbandoned whether nobody waits for the result any more
 */
record ToolCall(
    JsonObject arguments,
    String tenant,
    String requestId,
    Patience patience,
    ObjLongConsumer<String> progress,
    BooleanSupplier isAbandoned) {

  /** What the client and the operator leave of a time. */
  interface Patience {
    Duration atMost(Duration longest);
  }

  RequestContext within(Duration longest) {
    return new RequestContext(tenant, requestId, Instant.now().plus(patience.atMost(longest)));
  }

  /** The arguments but for these. */
  JsonObject without(String... names) {
    JsonObject rest = arguments.copy();
    for (String name : names) {
      rest.remove(name);
    }
    return rest;
  }

  /**
   * An argument that goes into a path.
   *
   * @throws ProblemException {@code request.invalid} if it is missing or no UUID
   */
  String id(String name) {
    return optionalId(name).orElseThrow(() -> invalid(name, "is missing"));
  }

  /**
   * @throws ProblemException {@code request.invalid} if it is there and no UUID
   */
  Optional<String> optionalId(String name) {
    Object value = arguments.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && isUuid(text)) {
      return Optional.of(text);
    }
    throw invalid(name, "is no UUID");
  }

  /**
   * @throws ProblemException {@code request.invalid} if it is missing or no text
   */
  String text(String name) {
    if (arguments.getValue(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw invalid(name, "is missing or no text");
  }

  static ProblemException invalid(String name, String why) {
    return new ProblemException(Problem.of(ErrorCode.INVALID, name + " " + why));
  }

  static boolean isUuid(@Nullable String text) {
    if (text == null || text.length() != 36) {
      return false;
    }
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
