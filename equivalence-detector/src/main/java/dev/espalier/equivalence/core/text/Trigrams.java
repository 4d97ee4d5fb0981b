package dev.espalier.equivalence.core.text;

import java.util.stream.IntStream;

/**
 * The distinct character trigrams of a text, as sorted hashes.
 *
 * @param hashes ascending, without repetition
 */
@SuppressWarnings("ArrayRecordComponent")
public record Trigrams(int[] hashes) {

  /** What comes later in a long step is not looked at. */
  private static final int MAX_CHARACTERS = 600;

  public static Trigrams of(String text) {
    int end = Math.min(text.length(), MAX_CHARACTERS) - 2;
    return new Trigrams(
        IntStream.range(0, Math.max(0, end))
            .map(i -> (text.charAt(i) * 961 + text.charAt(i + 1)) * 961 + text.charAt(i + 2))
            .sorted()
            .distinct()
            .toArray());
  }

  /** Dice coefficient, from 0 to 1; two empty texts are alike. */
  public double similarity(Trigrams other) {
    int all = hashes.length + other.hashes.length;
    int shared = 0;
    for (int i = 0, j = 0; i < hashes.length && j < other.hashes.length; ) {
      int order = Integer.compare(hashes[i], other.hashes[j]);
      shared += order == 0 ? 1 : 0;
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return all == 0 ? 1 : 2.0 * shared / all;
  }
}
