package dev.espalier.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceEncoderTest {

  private static SentenceEncoder encoder;

  @BeforeAll
  static void load() {
    encoder = SentenceEncoder.load("e5-small-v2-q.onnx", "e5-small-v2-q-tokenizer.json", 512);
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void putsTextsOfOneMeaningCloserTogether() {
    float[] question = encoder.encode("query: Which food makes her ill?");

    double answer = dot(question, encoder.encode("passage: She is allergic to peanuts."));
    double other = dot(question, encoder.encode("passage: The bakery closed at noon."));

    assertTrue(answer > other, answer + " > " + other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a", "naïve 数学 🌳", "\u200b\u202e\u0000", "\n\n\t", "[CLS] [SEP] [MASK]"})
  void givesAUnitVectorForAnyText(String text) {
    float[] vector = encoder.encode(text);

    assertEquals(384, vector.length);
    assertEquals(1, dot(vector, vector), 1e-5);
  }

  @Test
  void givesTheSameVectorForTheSameText() {
    assertArrayEquals(encoder.encode("the same"), encoder.encode("the same"));
  }

  @Test
  void readsTheStartOfATextOfAnyLength() {
    String cutInAPair = "x".repeat(8191) + "🌳" + "y".repeat(1_000_000);

    float[] vector = encoder.encode(cutInAPair);

    assertEquals(1, dot(vector, vector), 1e-5);
  }

  @Test
  void saysWhichFileIsMissing() {
    IllegalStateException missing =
        assertThrows(
            IllegalStateException.class, () -> SentenceEncoder.load("nowhere.onnx", "no.json", 8));

    assertEquals("nowhere.onnx is not on the class path", missing.getMessage());
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
