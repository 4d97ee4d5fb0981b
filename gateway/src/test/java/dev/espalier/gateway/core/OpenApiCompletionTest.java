package dev.espalier.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiCompletionTest {

  @Test
  void describesAnswersThatSayNothing() {
    Map<String, Object> operation =
        Map.of(
            "responses",
            Map.of(
                "201", Map.of("content", Map.of()),
                "404", Map.of("description", "None"),
                "422", Map.of("$ref", "#/x")));

    assertEquals(
        Map.of(
            "responses",
            Map.of(
                "201", Map.of("content", Map.of(), "description", "Created"),
                "404", Map.of("description", "None"),
                "422", Map.of("$ref", "#/x"))),
        OpenApiCompletion.complete(operation));
  }

  @Test
  void saysHowLargeAnIntegerCanBe() {
    assertEquals(
        List.of(
            Map.of(
                "type",
                "integer",
                "format",
                "int32",
                "minimum",
                1,
                "maximum",
                (long) Integer.MAX_VALUE),
            Map.of(
                "type",
                "integer",
                "format",
                "int64",
                "minimum",
                Long.MIN_VALUE,
                "maximum",
                Long.MAX_VALUE),
            Map.of("type", "string")),
        OpenApiCompletion.complete(
            List.of(
                Map.of("type", "integer", "format", "int32", "minimum", 1),
                Map.of("type", "integer"),
                Map.of("type", "string"))));
  }
}
