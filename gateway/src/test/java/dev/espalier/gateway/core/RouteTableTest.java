package dev.espalier.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  @Test
  void givesAPathToTheServiceWithTheLongestPrefix() {
    RouteTable routes =
        new RouteTable(Map.of("memory", List.of("/v1"), "search", List.of("/v1/searches")));

    assertEquals(Optional.of("memory"), serviceOf(routes, "/v1/conversations"));
    assertEquals(Optional.of("search"), serviceOf(routes, "/v1/searches/7"));
    assertEquals(Optional.of("memory"), serviceOf(routes, "/v1/searchesx"));
    assertEquals(Optional.empty(), serviceOf(routes, "/v2"));
  }

  @Test
  void refusesAPathThatTwoServicesClaim() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new RouteTable(Map.of("memory", List.of("/v1/x"), "search", List.of("/v1/x"))));

    assertTrue(refused.getMessage().contains("/v1/x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "v1", "/v1/", "/v1/../x"})
  void refusesAPrefixThatIsNoPath(String prefix) {
    Map<String, List<String>> paths = Map.of("memory", List.of(prefix));

    assertThrows(IllegalArgumentException.class, () -> new RouteTable(paths));
  }

  private static Optional<String> serviceOf(RouteTable routes, String path) {
    return routes.serviceOf(RequestPath.parse(path).orElseThrow());
  }
}
