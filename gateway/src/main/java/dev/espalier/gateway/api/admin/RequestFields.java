package dev.espalier.gateway.api.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.espalier.gateway.core.access.KeyLimits;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a request's JSON object; each one has to be known, and of its type. */
final class RequestFields {

  /** Text that a person gives: nothing that a log or a database stumbles over. */
  private static final int MAX_TEXT = 200;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final ObjectMapper JSON = strict();

  private final JsonNode object;

  private RequestFields(JsonNode object) {
    this.object = object;
  }

  /**
   * @param known the members that there may be
   * @throws ProblemException {@code request.malformed_body}, {@code request.invalid}
   */
  static RequestFields of(Buffer body, Set<String> known) {
    JsonNode object = parse(body);
    if (!object.isObject()) {
      throw AdminProblems.invalid("the body is not an object");
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw AdminProblems.invalid("unknown member; known are " + String.join(", ", known));
      }
    }
    return new RequestFields(object);
  }

  /** Whether the member is there; null counts. */
  boolean has(String name) {
    return object.has(name);
  }

  /** Text of 1 to 200 characters that can be printed; null if it is not there. */
  @Nullable String text(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual() || !isPrintable(value.textValue())) {
      throw AdminProblems.invalid(name + " is not 1 to 200 printable characters");
    }
    return value.textValue();
  }

  String requiredText(String name) {
    String text = text(name);
    if (text == null) {
      throw AdminProblems.invalid(name + " is missing");
    }
    return text;
  }

  /** A whole number from this to that; null if it is null or not there. */
  @Nullable Long number(String name, long from, long to) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    boolean isInRange =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= from
            && value.longValue() <= to;
    if (!isInRange) {
      throw AdminProblems.invalid(name + " is not a whole number in " + from + " .. " + to);
    }
    return value.longValue();
  }

  /** A time with its offset; null if it is null or not there. */
  @Nullable Instant time(String name) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    return time(name, value.isTextual() ? value.textValue() : "");
  }

  static Instant time(String name, String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Refused below, like a time that no column takes.
    }
    throw AdminProblems.invalid(name + " is not a time like 2030-01-31T12:00:00Z");
  }

  @Nullable Boolean flag(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw AdminProblems.invalid(name + " is neither true nor false");
    }
    return value.booleanValue();
  }

  /** At least one scope that a client's key may have; null if it is not there. */
  @Nullable Set<Scope> scopes(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return null;
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode item : value) {
      scopes.add(
          Scope.named(item.isTextual() ? item.textValue() : "")
              .filter(Scope.OF_CLIENTS::contains)
              .orElseThrow(() -> AdminProblems.invalid(name + " names a scope that is none")));
    }
    if (!value.isArray() || scopes.isEmpty()) {
      throw AdminProblems.invalid(name + " is not a list of scopes");
    }
    return scopes;
  }

  /** The two limits; a member that is not there leaves the limit as it was. */
  KeyLimits limits(KeyLimits before) {
    return new KeyLimits(
        limit("requests_per_minute", before.requestsPerMinute()),
        limit("tokens_per_minute", before.tokensPerMinute()));
  }

  private @Nullable Long limit(String name, @Nullable Long before) {
    return has(name) ? number(name, 1, KeyLimits.MAX) : before;
  }

  private static boolean isPrintable(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= 1
        && length <= MAX_TEXT
        && text.codePoints()
            .noneMatch(
                c ->
                    Character.isISOControl(c)
                        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  private static JsonNode parse(Buffer body) {
    if (body.length() == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode read = JSON.readTree(body.getBytes());
      return read == null ? JsonNodeFactory.instance.missingNode() : read;
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problem.of(ErrorCode.MALFORMED_BODY, null), e);
    } catch (IOException e) {
      // Not UTF-8.
      throw new ProblemException(Problem.of(ErrorCode.MALFORMED_BODY, null), e);
    }
  }

  private static ObjectMapper strict() {
    ObjectMapper json = new ObjectMapper();
    StrictJson.configure(json);
    return json;
  }
}
