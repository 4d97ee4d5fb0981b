package dev.espalier.gateway.core;

import java.util.HexFormat;
import java.util.Optional;

/**
 * A path that means the same to us and to every service behind us, kept as it was sent.
 *
 * <p>Nothing is normalised: a path that two readers could read differently is no path. That is one
 * with an empty, {@code .} or {@code ..} segment in any spelling, an encoded slash, backslash or
 * control character, path parameters ({@code ;}), or a character that a URI has to encode.
 */
public final class RequestPath {

  private static final String PLAIN = "-._~!$&'()*+,=:@/";

  private final String value;

  private RequestPath(String value) {
    this.value = value;
  }

  public static Optional<RequestPath> parse(String raw) {
    if (!raw.startsWith("/") || !hasOnlyPlainAndEncoded(raw)) {
      return Optional.empty();
    }
    String[] segments = raw.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean isTrailingSlash = segments[i].isEmpty() && i == segments.length - 1;
      if (!isTrailingSlash && !isName(segments[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new RequestPath(raw));
  }

  /** Whether this is the prefix itself or lies below it. */
  public boolean isUnder(String prefix) {
    return value.startsWith(prefix)
        && (value.length() == prefix.length() || value.charAt(prefix.length()) == '/');
  }

  private static boolean isName(String segment) {
    String plain = segment.replace("%2e", ".").replace("%2E", ".");
    return !plain.isEmpty() && !plain.equals(".") && !plain.equals("..");
  }

  private static boolean hasOnlyPlainAndEncoded(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        if (!isHarmlessEscape(raw, i)) {
          return false;
        }
        i += 2;
      } else if (!isAsciiLetterOrDigit(c) && PLAIN.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHarmlessEscape(String raw, int at) {
    if (at + 2 >= raw.length()
        || !HexFormat.isHexDigit(raw.charAt(at + 1))
        || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
      return false;
    }
    int decoded = HexFormat.fromHexDigits(raw, at + 1, at + 3);
    return decoded >= 0x20 && decoded != 0x7f && decoded != '/' && decoded != '\\';
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return c < 0x80 && Character.isLetterOrDigit(c);
  }

  @Override
  public String toString() {
    return value;
  }
}
