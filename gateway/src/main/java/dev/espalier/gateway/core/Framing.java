package dev.espalier.gateway.core;

import java.util.List;
import java.util.OptionalLong;

/** How a request says where its body ends. */
public sealed interface Framing {

  /** There is no body. */
  record Bodiless() implements Framing {}

  /** The body has this many bytes. */
  record Sized(long length) implements Framing {}

  /** The body ends when the sender says so: chunks, or the end of an HTTP/2 stream. */
  record Open() implements Framing {}

  /** Two readers could disagree about where the body ends. */
  record Ambiguous() implements Framing {}

  /**
   * Reads the framing headers of RFC 9112 section 6.
   *
   * @param transferEncodings every value of that header
   * @param contentLengths every value of that header
   * @param isBodyExpected whether the method usually has a body; HTTP/2 needs neither header
   */
  static Framing of(
      boolean isHttp2,
      List<String> transferEncodings,
      List<String> contentLengths,
      boolean isBodyExpected) {
    if (!transferEncodings.isEmpty()) {
      boolean isPlainChunked =
          !isHttp2
              && contentLengths.isEmpty()
              && transferEncodings.size() == 1
              && transferEncodings.get(0).strip().equalsIgnoreCase("chunked");
      return isPlainChunked ? new Open() : new Ambiguous();
    }
    if (contentLengths.size() > 1) {
      return new Ambiguous();
    }
    if (contentLengths.isEmpty()) {
      return isHttp2 && isBodyExpected ? new Open() : new Bodiless();
    }
    OptionalLong length = lengthOf(contentLengths.get(0).strip());
    if (length.isEmpty()) {
      return new Ambiguous();
    }
    return length.getAsLong() == 0 ? new Bodiless() : new Sized(length.getAsLong());
  }

  private static OptionalLong lengthOf(String digits) {
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= 18
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
  }
}
