package dev.espalier.search.core.port;

import org.jspecify.annotations.Nullable;

/** An upstream gave no usable answer, after what retries were allowed. */
public final class UpstreamException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code stable: {@code upstream.timeout}, {@code upstream.rate_limited}, {@code
   *     upstream.unavailable}, {@code upstream.malformed}, {@code upstream.refused}, {@code
   *     upstream.cancelled}, {@code upstream.no_recording}
   * @param detail for people; never a foreign text, a key or a prompt
   */
  public UpstreamException(String code, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
