package dev.espalier.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

  private static final boolean HTTP_1 = false;
  private static final boolean HTTP_2 = true;
  private static final boolean BODY_EXPECTED = true;

  @Test
  void readsTheLength() {
    assertEquals(
        new Framing.Sized(12), Framing.of(HTTP_1, List.of(), List.of("12"), BODY_EXPECTED));
    assertEquals(
        new Framing.Bodiless(), Framing.of(HTTP_1, List.of(), List.of("0"), BODY_EXPECTED));
  }

  @Test
  void takesChunksAsOpen() {
    assertEquals(
        new Framing.Open(), Framing.of(HTTP_1, List.of("Chunked"), List.of(), BODY_EXPECTED));
  }

  @Test
  void hasNoBodyWithoutFramingUnlessItIsHttp2() {
    assertEquals(new Framing.Bodiless(), Framing.of(HTTP_1, List.of(), List.of(), BODY_EXPECTED));
    assertEquals(new Framing.Open(), Framing.of(HTTP_2, List.of(), List.of(), BODY_EXPECTED));
    assertEquals(new Framing.Bodiless(), Framing.of(HTTP_2, List.of(), List.of(), !BODY_EXPECTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "chunked, chunked", "xchunked", "identity", ""})
  void refusesEveryOtherTransferEncoding(String encoding) {
    assertEquals(
        new Framing.Ambiguous(), Framing.of(HTTP_1, List.of(encoding), List.of(), BODY_EXPECTED));
  }

  @Test
  void refusesTwoWaysToFindTheEnd() {
    assertEquals(
        new Framing.Ambiguous(),
        Framing.of(HTTP_1, List.of("chunked"), List.of("5"), BODY_EXPECTED));
    assertEquals(
        new Framing.Ambiguous(),
        Framing.of(HTTP_1, List.of("chunked", "chunked"), List.of(), BODY_EXPECTED));
    assertEquals(
        new Framing.Ambiguous(), Framing.of(HTTP_1, List.of(), List.of("5", "5"), BODY_EXPECTED));
    assertEquals(
        new Framing.Ambiguous(), Framing.of(HTTP_2, List.of("chunked"), List.of(), BODY_EXPECTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+5", "-1", "5, 5", "0x5", "1e3", "٥", "9999999999999999999"})
  void refusesALengthThatIsNoNumber(String length) {
    assertEquals(
        new Framing.Ambiguous(), Framing.of(HTTP_1, List.of(), List.of(length), BODY_EXPECTED));
  }
}
