package dev.espalier.gateway.compat.mem0;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.gateway.api.BodyReader;
import dev.espalier.gateway.api.ClientTimeout;
import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.core.memories.Entities;
import dev.espalier.gateway.core.memories.MemoryFilter;
import dev.espalier.gateway.core.memories.MemoryId;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import dev.espalier.protocol.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request and the members of its body. What this dialect does not know is ignored, as the hosted
 * service does; what it knows has to be of the right kind.
 */
final class Mem0Request {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = strict();

  private final RoutingContext http;
  private final List<String> segments;
  private final Map<String, Object> body;

  private Mem0Request(RoutingContext http, List<String> segments, Map<String, Object> body) {
    this.http = http;
    this.segments = segments;
    this.body = body;
  }

  /**
   * @param segments what varies in the path
   * @throws ProblemException {@code request.malformed_body}
   */
  static Mem0Request of(RoutingContext http, List<String> segments) {
    Buffer sent = BodyReader.of(http);
    return new Mem0Request(http, segments, sent.length() == 0 ? Map.of() : parse(sent));
  }

  private static Map<String, Object> parse(Buffer sent) {
    try {
      Map<String, Object> members = new LinkedHashMap<>();
      if (!(JSON.readValue(sent.getBytes(), Object.class) instanceof Map<?, ?> map)) {
        throw new ProblemException(Problem.of(ErrorCode.MALFORMED_BODY, "not a JSON object"));
      }
      map.forEach((name, value) -> members.put(String.valueOf(name), value));
      return members;
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problem.of(ErrorCode.MALFORMED_BODY, null), e);
    } catch (IOException e) {
      throw new AssertionError("bytes in memory can be read", e);
    }
  }

  Visit visit() {
    return Visit.of(http);
  }

  String path() {
    return http.request().path();
  }

  RequestContext context() {
    Duration time =
        ClientTimeout.of(http.request().headers())
            .filter(wanted -> wanted.compareTo(LONGEST) < 0)
            .orElse(LONGEST);
    return new RequestContext(
        visit().caller().tenant(), visit().requestId(), Instant.now().plus(time));
  }

  String segment(int index) {
    return segments.get(index);
  }

  MemoryId memory() {
    return memory(segment(0));
  }

  static MemoryId memory(@Nullable Object id) {
    return Optional.ofNullable(id)
        .flatMap(it -> MemoryId.parse(it.toString()))
        .orElseThrow(
            () ->
                new ProblemException(
                    new Problem(
                        404,
                        "mem0.memory_not_found",
                        "There is no such memory",
                        null,
                        false,
                        Map.of())));
  }

  Optional<Object> member(String name) {
    return Optional.ofNullable(body.get(name));
  }

  Optional<String> text(String name) {
    return member(name).map(value -> as(String.class, name, value));
  }

  String neededText(String name) {
    return text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> invalid(name + " is missing"));
  }

  boolean flag(String name, boolean absent) {
    return member(name).map(value -> as(Boolean.class, name, value)).orElse(absent);
  }

  /** A whole number within limits, from the body or the query. */
  int number(String name, int absent, int least, int most) {
    Object value = member(name).orElse(http.queryParams().get(name));
    if (value == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(value.toString());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through: as wrong as a number out of bounds.
    }
    throw invalid(name + " is no whole number from " + least + " to " + most);
  }

  double decimal(String name, double absent) {
    return member(name).map(value -> as(Number.class, name, value).doubleValue()).orElse(absent);
  }

  Map<String, Object> object(String name) {
    Map<String, Object> members = new LinkedHashMap<>();
    member(name)
        .ifPresent(
            value ->
                as(Map.class, name, value)
                    .forEach((key, one) -> members.put(String.valueOf(key), one)));
    return members;
  }

  Optional<LocalDate> date(String name) {
    try {
      return text(name).map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw invalid(name + " is no date");
    }
  }

  /** A time in seconds since 1970, or as text. */
  Optional<Instant> time(String name) {
    try {
      return member(name)
          .map(
              value ->
                  value instanceof Number seconds
                      ? Instant.ofEpochSecond(seconds.longValue())
                      : Instant.parse(value.toString()));
    } catch (DateTimeException e) {
      throw invalid(name + " is no time");
    }
  }

  /** The entities that stand beside the other members. */
  Entities entities() {
    return Entities.among(body);
  }

  /** The entities in the query. */
  Entities entitiesInQuery() {
    Map<String, String> parameters = new LinkedHashMap<>();
    http.queryParams().forEach(parameters::put);
    return Entities.among(parameters);
  }

  /** All that narrows down which memories are meant. */
  MemoryFilter filter() {
    MemoryFilter filter = MemoryFilter.about(entities()).and(MemoryFilter.about(entitiesInQuery()));
    return member("filters").isPresent()
        ? filter.and(MemoryFilter.parse(object("filters")))
        : filter;
  }

  boolean hasPage() {
    return http.queryParams().contains("page");
  }

  static ProblemException invalid(String why) {
    return new ProblemException(Problem.of(ErrorCode.INVALID, why));
  }

  private static <T> T as(Class<T> type, String name, Object value) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw invalid(name + " is of the wrong kind");
  }

  private static ObjectMapper strict() {
    ObjectMapper mapper = new ObjectMapper();
    StrictJson.configure(mapper);
    return mapper;
  }
}
