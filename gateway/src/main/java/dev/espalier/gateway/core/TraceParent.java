package dev.espalier.gateway.core;

import java.util.regex.Pattern;

/**
 * The header {@code traceparent} of W3C Trace Context, which ties the spans of a request together.
 */
public final class TraceParent {

  public static final String HEADER = "traceparent";

  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceParent() {}

  /** Whether a value is one; the standard wants any other to be ignored. */
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }
}
