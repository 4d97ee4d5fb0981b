package dev.espalier.gateway.compat.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSealTest {

  private final SessionSeal seal = new SessionSeal(new SecureRandom());

  @Test
  void opensForTheTenantThatBeganTheSession() {
    String sealed = seal.seal("ana", "session.1");

    assertEquals(Optional.of("session.1"), seal.open("ana", sealed));
    assertEquals(Optional.empty(), seal.open("bob", sealed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "session", "session.", "session.AAAA", ".session", "é."})
  void opensNothingElse(String forged) {
    assertEquals(Optional.empty(), seal.open("ana", forged));
  }

  @Test
  void anotherProcessHasAnotherSecret() {
    String sealed = new SessionSeal(new SecureRandom()).seal("ana", "session");

    assertEquals(Optional.empty(), seal.open("ana", sealed));
  }
}
