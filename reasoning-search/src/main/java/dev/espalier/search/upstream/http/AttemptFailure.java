package dev.espalier.search.upstream.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request that did not end in an answer of status 200. */
final class AttemptFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, what it is called outside, and what follows from it. */
  enum Reason {
    /** No connection, or the breaker is open: nothing was sent. */
    UNREACHABLE("upstream.unavailable", true, true),
    /** The breaker is open: nothing was sent. */
    RESTING("upstream.unavailable", false, false),
    /** The operator's name leads to an address that is not allowed: nothing was sent. */
    FORBIDDEN("upstream.unavailable", false, false),
    TIMEOUT("upstream.timeout", true, false),
    /** No permit before the deadline: nothing was sent. */
    CROWDED("upstream.timeout", false, false),
    CUT("upstream.unavailable", true, true),
    BROKEN("upstream.unavailable", true, true),
    RATE_LIMITED("upstream.rate_limited", false, true),
    REFUSED("upstream.refused", false, false),
    TOO_LARGE("upstream.malformed", false, false),
    CANCELLED("upstream.cancelled", false, false);

    private final String code;
    private final boolean isFaultOfUpstream;
    private final boolean isWorthAnotherTry;

    Reason(String code, boolean isFaultOfUpstream, boolean isWorthAnotherTry) {
      this.code = code;
      this.isFaultOfUpstream = isFaultOfUpstream;
      this.isWorthAnotherTry = isWorthAnotherTry;
    }
  }

  private final Reason reason;
  private final transient Optional<Duration> retryAfter;

  AttemptFailure(Reason reason, String detail) {
    this(reason, detail, Optional.empty(), null);
  }

  AttemptFailure(
      Reason reason, String detail, Optional<Duration> retryAfter, @Nullable Throwable cause) {
    super(detail, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  static AttemptFailure cancelled(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new AttemptFailure(
        Reason.CANCELLED, "nobody waits for the answer any more", Optional.empty(), cause);
  }

  /** What an answer of another status than 200 means. */
  static AttemptFailure ofStatus(int status, Optional<Duration> retryAfter) {
    Reason reason =
        switch (status) {
          case 429 -> Reason.RATE_LIMITED;
          case 408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529 -> Reason.BROKEN;
          default -> Reason.REFUSED;
        };
    return new AttemptFailure(reason, "answered with status " + status, retryAfter, null);
  }

  Reason reason() {
    return reason;
  }

  String code() {
    return reason.code;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  boolean isFaultOfUpstream() {
    return reason.isFaultOfUpstream;
  }

  boolean isWorthAnotherTry() {
    return reason.isWorthAnotherTry;
  }

  /** Whether the upstream may have done the work that nobody got, and charges for it. */
  boolean isPerhapsCharged() {
    return switch (reason) {
      case TIMEOUT, CUT, TOO_LARGE, CANCELLED -> true;
      default -> false;
    };
  }
}
