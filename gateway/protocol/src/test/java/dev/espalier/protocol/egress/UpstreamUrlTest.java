package dev.espalier.protocol.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost/v1",
        "http://127.0.0.1:1/v1",
        "http://[::1]/",
        "http://2130706433/",
      })
  void refusesSuchAUrlAtStart(String url) {
    UpstreamUrl parsed = UpstreamUrl.parse(url);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> parsed.check("llm", false));

    assertTrue(refused.getMessage().startsWith("url: "), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "ftp://a/v1",
        "file:///etc/passwd",
        "http://user:secret@host/",
        "http:///v1",
        "http://host/v1?key=secret",
        "http://host/#a",
        "http://ho st/",
        "gopher://host"
      })
  void refusesWhatIsNoBase(String url) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> UpstreamUrl.parse(url));

    assertTrue(refused.getMessage().startsWith("url: "), refused::getMessage);
    assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
  }

  @Test
  void appendsPathsToTheBase() {
    UpstreamUrl url = UpstreamUrl.parse("https://[2001:db8::1]/v1/");

    assertEquals("2001:db8::1", url.host());
    assertEquals(443, url.port());
    assertEquals("/v1/chat/completions", url.path("/chat/completions"));
    assertTrue(url.isLiteral());
  }
}
