package dev.espalier.gateway.compat.openai;

import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the members of a request must be where they are there; those that are not named may be
 * anything.
 */
final class Members {

  private record Rule(Predicate<Object> holds, String expected) {}

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  Members flag(String name) {
    return rule(name, value -> value instanceof Boolean, "true or false");
  }

  Members text(String name) {
    return rule(name, value -> value instanceof String, "a text");
  }

  Members object(String name) {
    return rule(name, value -> value instanceof JsonObject, "an object");
  }

  Members list(String name) {
    return rule(name, value -> value instanceof JsonArray, "a list");
  }

  Members whole(String name, long least, long most) {
    return rule(
        name,
        value ->
            (value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() >= least
                && ((Number) value).longValue() <= most,
        "a whole number from " + least + " to " + most);
  }

  Members number(String name, double least, double most) {
    return rule(
        name,
        value ->
            value instanceof Number number
                && number.doubleValue() >= least
                && number.doubleValue() <= most,
        "a number from " + least + " to " + most);
  }

  Members rule(String name, Predicate<Object> holds, String expected) {
    rules.put(name, new Rule(holds, expected));
    return this;
  }

  /**
   * @throws ProblemException {@code request.invalid} with the member's name
   */
  void check(JsonObject body) {
    rules.forEach(
        (name, rule) -> {
          Object value = body.getValue(name);
          if (value != null && !rule.holds.test(value)) {
            throw invalid(name, name + " must be " + rule.expected);
          }
        });
  }

  /** OpenAI answers 400 where our own API says 422. */
  static ProblemException invalid(String param, String detail) {
    return new ProblemException(
        new Problem(
            400,
            "request.invalid",
            "The request is not valid",
            detail,
            false,
            Map.of("param", param)));
  }
}
