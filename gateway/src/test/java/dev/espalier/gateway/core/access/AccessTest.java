package dev.espalier.gateway.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.gateway.core.ApiKey;
import dev.espalier.gateway.core.KeyRing;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration MAX_STALENESS = Duration.ofSeconds(30);
  private static final String CONFIGURED = "configured";

  private final UUID id = UUID.randomUUID();
  private final String text = KeyText.create(id, new SecureRandom());
  private long nanos;
  private final Access access =
      new Access(
          new KeyRing(List.of(new ApiKey("local", hex(CONFIGURED), "acme"))),
          true,
          MAX_STALENESS,
          Clock.fixed(NOW, ZoneOffset.UTC),
          () -> nanos);

  @Test
  void letsAManagedKeyIn() {
    publish(key(null, null, null));

    Admittance.Admitted admitted = assertInstanceOf(Admittance.Admitted.class, access.of(text));
    assertEquals("globex", admitted.caller().tenant());
    assertEquals(id.toString(), admitted.caller().key());
    assertEquals(Set.of(Scope.MEMORY), admitted.caller().scopes());
  }

  @Test
  void refusesAnotherSecretOfTheSameKey() {
    publish(key(null, null, null));

    String other = KeyText.create(id, new SecureRandom());

    assertNotEquals(text, other);
    assertInstanceOf(Admittance.Refused.class, access.of(other));
  }

  @Test
  void refusesAKeyThatHasExpiredOrWasRevoked() {
    publish(key(NOW, null, null));
    assertInstanceOf(Admittance.Refused.class, access.of(text));

    publish(key(null, NOW.minusSeconds(1), null));
    assertInstanceOf(Admittance.Refused.class, access.of(text));

    publish(key(NOW.plusMillis(1), null, null));
    assertInstanceOf(Admittance.Admitted.class, access.of(text));
  }

  @Test
  void letsTheSecretBeforeARotationInForAsLongAsItWasGiven() {
    byte[] hash = ApiKey.hashOf(text);
    publish(key(null, null, new ManagedKey.Previous(hash, NOW.plusSeconds(1)), new byte[32]));
    assertInstanceOf(Admittance.Admitted.class, access.of(text));

    publish(key(null, null, new ManagedKey.Previous(hash, NOW), new byte[32]));
    assertInstanceOf(Admittance.Refused.class, access.of(text));
  }

  @Test
  void decidesNothingWithASnapshotThatIsTooOld() {
    publish(key(null, null, null));

    nanos = MAX_STALENESS.toNanos();
    assertInstanceOf(Admittance.Admitted.class, access.of(text));

    nanos = MAX_STALENESS.toNanos() + 1;
    assertInstanceOf(Admittance.Undecided.class, access.of(text));
    assertInstanceOf(Admittance.Undecided.class, access.of("wrong"));
    assertInstanceOf(Admittance.Admitted.class, access.of(CONFIGURED));
    assertEquals(Optional.empty(), access.isBudgeted(new Caller("local", "acme", Set.of())));
  }

  @Test
  void letsConfiguredKeysInBeforeTheFirstSnapshot() {
    assertInstanceOf(Admittance.Admitted.class, access.of(CONFIGURED));
    assertInstanceOf(Admittance.Undecided.class, access.of(text));
  }

  @Test
  void refusesWithoutADatabase() {
    Access alone =
        new Access(
            new KeyRing(List.of(new ApiKey("local", hex(CONFIGURED), "acme"))),
            false,
            MAX_STALENESS,
            Clock.systemUTC(),
            () -> 0);

    assertInstanceOf(Admittance.Admitted.class, alone.of(CONFIGURED));
    assertInstanceOf(Admittance.Refused.class, alone.of(text));
    assertEquals(Optional.of(false), alone.isBudgeted(new Caller("local", "acme", Set.of())));
  }

  @Test
  void suspendsConfiguredKeysToo() {
    access.publish(new AccessSnapshot(1, Map.of(), Set.of("acme"), Set.of(), Set.of()));

    assertInstanceOf(Admittance.Suspended.class, access.of(CONFIGURED));
  }

  @Test
  void knowsWhoHasABudget() {
    access.publish(new AccessSnapshot(1, Map.of(), Set.of(), Set.of("globex"), Set.of("frugal")));

    assertEquals(Optional.of(true), access.isBudgeted(new Caller("any", "globex", Set.of())));
    assertEquals(Optional.of(true), access.isBudgeted(new Caller("frugal", "acme", Set.of())));
    assertEquals(Optional.of(false), access.isBudgeted(new Caller("any", "acme", Set.of())));
  }

  @Test
  void forgetsKeysThatAreNoMore() {
    publish(key(null, null, null));

    assertTrue(access.isKnown(id.toString()));
    assertTrue(access.isKnown("local"));
    assertFalse(access.isKnown(UUID.randomUUID().toString()));
  }

  private void publish(ManagedKey key) {
    access.publish(new AccessSnapshot(1, Map.of(id, key), Set.of(), Set.of(), Set.of()));
  }

  private ManagedKey key(
      @Nullable Instant expires,
      @Nullable Instant revoked,
      ManagedKey.@Nullable Previous previous) {
    return key(expires, revoked, previous, ApiKey.hashOf(text));
  }

  private ManagedKey key(
      @Nullable Instant expires,
      @Nullable Instant revoked,
      ManagedKey.@Nullable Previous previous,
      byte[] hash) {
    return new ManagedKey(
        id,
        "globex",
        "a key",
        hash,
        previous,
        Set.of(Scope.MEMORY),
        KeyLimits.NONE,
        NOW.minusSeconds(60),
        expires,
        revoked);
  }

  private static String hex(String key) {
    return HexFormat.of().formatHex(ApiKey.hashOf(key));
  }
}
