package dev.espalier.gateway.compat.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedPeersTest {

  private final AllowedPeers peers =
      new AllowedPeers(List.of("localhost", "127.0.0.1", "[::1]"), List.of("https://App.example"));

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "LOCALHOST:8080, true",
    "127.0.0.1:1, true",
    "[::1]:8080, true",
    "[::1], true",
    "localhost.evil.example, false",
    "evil.example:8080, false",
    "[::2]:8080, false",
    "'', false"
  })
  void knowsItsNames(String authority, boolean isAllowed) {
    assertEquals(isAllowed, peers.allowsHost(authority));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:6274, true",
    "https://127.0.0.1, true",
    "http://[::1]:3000, true",
    "https://app.example, true",
    "http://app.example, false",
    "https://app.example.evil.example, false",
    "http://localhost@evil.example, false",
    "file://localhost/x, false",
    "null, false",
    "'', false",
    "http://, false"
  })
  void knowsTheOriginsThatMayCall(String origin, boolean isAllowed) {
    assertEquals(isAllowed, peers.allowsOrigin(origin));
  }

  @Test
  void aClientThatIsNoBrowserHasNoOrigin() {
    assertTrue(peers.allowsOrigin(null));
  }

  @Test
  void aStarAllowsEveryName() {
    assertTrue(new AllowedPeers(List.of("*"), List.of()).allowsHost("anything.example:80"));
  }
}
