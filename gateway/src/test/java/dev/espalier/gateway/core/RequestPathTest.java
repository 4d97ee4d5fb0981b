package dev.espalier.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/conversations",
        "/v1/conversations/",
        "/v1/conversations/a.b/turns",
        "/a/...",
        "/a/.b",
        "/a/%20b",
        "/a/%C3%A9",
        "/a/b:c@d!$&'()*+,=~",
        "/a/%252e%252e"
      })
  void keepsAPathAsItWasSent(String raw) {
    assertEquals(raw, RequestPath.parse(raw).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "v1",
        "http://host/v1",
        "//v1",
        "/v1//x",
        "/v1/x//",
        "/./v1",
        "/v1/..",
        "/v1/../x",
        "/v1/%2e%2e/x",
        "/v1/%2E./x",
        "/v1/.%2e/x",
        "/v1/%2e",
        "/v1/a%2fb",
        "/v1/a%5Cb",
        "/v1/a\\b",
        "/v1/%00",
        "/v1/%0a",
        "/v1/%7f",
        "/v1/%",
        "/v1/%4",
        "/v1/%zz",
        "/v1/..;/x",
        "/v1;a=b/x",
        "/v1/a b",
        "/v1/é",
        "/v1/{id}",
        "/v1/#x",
        "/v1/\u0000"
      })
  void refusesWhatTwoReadersCouldReadDifferently(String raw) {
    assertTrue(RequestPath.parse(raw).isEmpty());
  }

  @Test
  void isUnderWholeSegmentsOnly() {
    RequestPath path = RequestPath.parse("/v1/conversations/7").orElseThrow();

    assertTrue(path.isUnder("/v1/conversations"));
    assertTrue(path.isUnder("/v1/conversations/7"));
    assertFalse(path.isUnder("/v1/conv"));
    assertFalse(path.isUnder("/v1/conversations/70"));
  }
}
