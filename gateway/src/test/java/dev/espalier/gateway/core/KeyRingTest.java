package dev.espalier.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.gateway.core.access.Caller;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

  private static final KeyRing RING =
      new KeyRing(List.of(key("one", "alpha", "acme"), key("two", "bèta", "globex")));

  @Test
  void knowsTheTenantOfAKey() {
    assertEquals(Optional.of("acme"), RING.callerOf("alpha").map(Caller::tenant));
    assertEquals(Optional.of("globex"), RING.callerOf("bèta").map(Caller::tenant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Alpha", "alpha ", "alph", "alphaa", "gamma"})
  void letsNobodyElseIn(String presented) {
    assertEquals(Optional.empty(), RING.callerOf(presented));
  }

  @Test
  void readsTheHashInUpperCaseToo() {
    ApiKey lower = key("one", "alpha", "acme");
    ApiKey upper = new ApiKey("one", lower.sha256().toUpperCase(Locale.ROOT), "acme");

    assertEquals(
        Optional.of("acme"), new KeyRing(List.of(upper)).callerOf("alpha").map(Caller::tenant));
  }

  @Test
  void isNeverEmpty() {
    assertThrows(IllegalArgumentException.class, () -> new KeyRing(List.of()));
  }

  @Test
  void refusesOneHashForTwoKeys() {
    List<ApiKey> twins = List.of(key("one", "alpha", "acme"), key("two", "alpha", "globex"));

    assertThrows(IllegalArgumentException.class, () -> new KeyRing(twins));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "zz", "alpha"})
  void refusesAHashThatIsNone(String sha256) {
    assertThrows(IllegalArgumentException.class, () -> new ApiKey("one", sha256, "acme"));
  }

  @Test
  void refusesATenantThatIsNoName() {
    String sha256 = key("one", "alpha", "acme").sha256();

    assertThrows(IllegalArgumentException.class, () -> new ApiKey("one", sha256, "a/b"));
  }

  private static ApiKey key(String name, String key, String tenant) {
    return new ApiKey(name, HexFormat.of().formatHex(ApiKey.hashOf(key)), tenant);
  }
}
