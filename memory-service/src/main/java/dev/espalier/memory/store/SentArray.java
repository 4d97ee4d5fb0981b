package dev.espalier.memory.store;

import java.nio.ByteBuffer;

/** Reads what {@code array_send} makes of an array without nulls. */
final class SentArray {

  /** Dimensions, nulls, type, length, base; an empty array ends after the type. */
  private static final int HEADER_BYTES = 20;

  private SentArray() {}

  static float[] floats(byte[] sent) {
    ByteBuffer elements = elements(sent);
    float[] values = new float[count(elements)];
    for (int i = 0; i < values.length; i++) {
      elements.getInt(); // the element's length
      values[i] = elements.getFloat();
    }
    return values;
  }

  static int[] ints(byte[] sent) {
    ByteBuffer elements = elements(sent);
    int[] values = new int[count(elements)];
    for (int i = 0; i < values.length; i++) {
      elements.getInt();
      values[i] = elements.getInt();
    }
    return values;
  }

  private static ByteBuffer elements(byte[] sent) {
    return ByteBuffer.wrap(sent).position(Math.min(HEADER_BYTES, sent.length));
  }

  private static int count(ByteBuffer elements) {
    return elements.remaining() / (2 * Integer.BYTES);
  }
}
