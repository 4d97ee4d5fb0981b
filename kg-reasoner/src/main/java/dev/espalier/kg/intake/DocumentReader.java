package dev.espalier.kg.intake;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The text of an upload. Refuses what is not UTF-8, and a stretch of text without a triple that is
 * so long that a parser would fill the memory with it.
 */
final class DocumentReader extends FilterReader {

  /** What a decoder puts in place of bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final int maxStretch;
  private long stretch;
  private long lines = 1;

  /**
   * @param maxStretch characters that may pass without {@link #progress()}
   */
  DocumentReader(InputStream bytes, int maxStretch) {
    super(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    this.maxStretch = maxStretch;
  }

  /** A triple was read. */
  void progress() {
    stretch = 0;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    for (int i = from; i < from + count; i++) {
      if (into[i] == '\n') {
        lines++;
      } else if (into[i] == REPLACEMENT) {
        throw Malformed.at(lines, "not UTF-8");
      }
    }
    stretch += Math.max(0, count);
    if (stretch > maxStretch) {
      throw Malformed.at(lines, "more than %,d characters without a triple".formatted(maxStretch));
    }
    return count;
  }
}
