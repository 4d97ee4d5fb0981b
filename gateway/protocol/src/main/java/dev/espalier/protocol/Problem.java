package dev.espalier.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error answer as RFC 9457 {@code application/problem+json}, with a stable code.
 *
 * @param status the HTTP status, 400-599
 * @param code the stable, documented code, such as {@code memory.conversation_not_found}
 * @param title what the code means, the same text every time
 * @param detail what happened this time, or null; never the text of a foreign exception; cut after
 *     1,000 characters
 * @param retryable whether the same request may succeed later
 * @param extensions further members of the document, such as {@code current_seq}
 */
public record Problem(
    int status,
    String code,
    String title,
    @Nullable String detail,
    boolean retryable,
    Map<String, Object> extensions) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int MAX_DETAIL = 1_000;

  /** Seconds a client should wait before it retries, where we know nothing better. */
  public static final int RETRY_AFTER_SECONDS = 1;

  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("not an error status: " + status);
    }
    detail = detail == null ? null : cut(detail, MAX_DETAIL);
    extensions = Map.copyOf(extensions);
  }

  /** The text, or as much of it as is wanted, without half a character at its end. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean isHalf = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, isHalf ? longest - 1 : longest);
  }

  public static Problem of(ErrorCode code, @Nullable String detail) {
    return new Problem(
        code.status(), code.code(), code.title(), detail, code.isRetryable(), Map.of());
  }

  public Problem with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(extensions);
    more.put(member, value);
    return new Problem(status, code, title, detail, retryable, more);
  }

  /** The document's members in the order they are written, ready for any JSON library. */
  public Map<String, Object> body(String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "urn:espalier:problem:" + code);
    body.put("title", title);
    body.put("status", status);
    if (detail != null) {
      body.put("detail", detail);
    }
    body.put("code", code);
    body.put("retryable", retryable);
    body.put("request_id", requestId);
    body.putAll(extensions);
    return body;
  }
}
