package dev.espalier.gateway.core.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokensTest {

  @Test
  void boundsAPromptByItsBytes() {
    Map<String, Object> message = Map.of("role", "user", "content", "\u00e4\u00f6");

    long most = Tokens.most(Map.of("messages", List.of(message)));

    assertTrue(most >= "messagesroleusercontent".length() + 4, () -> most + " tokens");
    assertEquals("user".length() + 4, Tokens.textBytes(Map.of("messages", List.of(message))));
  }

  @Test
  void countsAnImageAsOneHoweverLongItsData() {
    String image = "data:image/png;base64," + "A".repeat(1_000_000);

    assertTrue(Tokens.most(List.of(image)) < 5000);
    assertEquals(0, Tokens.textBytes(List.of(image)));
  }

  @Test
  void roundsMoneyUp() {
    assertEquals(1, new Price(0.0001, 0).of(1, 0).nanos());
    assertEquals(2_000_000_000L, new Price(1, 2).of(0, 1_000_000).nanos());
    assertThrows(IllegalArgumentException.class, () -> new Price(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Price(0, Double.NaN));
  }
}
