package dev.espalier.gateway.upstream.llm;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;

/** Why one request to a model brought no answer, and what follows from it. */
final class ModelFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Seconds; who asks to be left alone for longer is asked again all the same. */
  private static final long MOST_RETRY_AFTER = 3600;

  /** What went wrong. */
  enum Reason {
    /** No connection: nothing was sent. */
    UNREACHABLE(true, true),
    /** The breaker is open, or the upstream asked to be left alone: nothing was sent. */
    RESTING(false, true),
    /** The operator's name leads to an address that is not allowed: nothing was sent. */
    FORBIDDEN(false, true),
    TIMEOUT(true, true),
    /** The client's own deadline, which is shorter than our patience. */
    DEADLINE(false, false),
    /** No permit: nothing was sent. */
    CROWDED(false, true),
    CUT(true, true),
    BROKEN(true, true),
    RATE_LIMITED(false, true),
    /** The request is wrong, and would be at another upstream too. */
    REFUSED(false, false),
    /** The upstream does not take our key. */
    MISCONFIGURED(false, true),
    MALFORMED(true, true),
    TOO_LARGE(true, false),
    CANCELLED(false, false);

    private final boolean isFaultOfUpstream;
    private final boolean isWorthAnotherUpstream;

    Reason(boolean isFaultOfUpstream, boolean isWorthAnotherUpstream) {
      this.isFaultOfUpstream = isFaultOfUpstream;
      this.isWorthAnotherUpstream = isWorthAnotherUpstream;
    }
  }

  private final Reason reason;
  private final int status;
  private final transient Optional<Duration> retryAfter;
  private final transient @Nullable Map<String, Object> said;

  ModelFailure(Reason reason, String detail) {
    this(reason, detail, 0, Optional.empty(), null, null);
  }

  ModelFailure(Reason reason, String detail, Throwable cause) {
    this(reason, detail, 0, Optional.empty(), null, cause);
  }

  private ModelFailure(
      Reason reason,
      String detail,
      int status,
      Optional<Duration> retryAfter,
      @Nullable Map<String, Object> said,
      @Nullable Throwable cause) {
    super(detail, cause);
    this.reason = reason;
    this.status = status;
    this.retryAfter = retryAfter;
    this.said = said;
  }

  /** The upstream wants to be left alone for so long. */
  static ModelFailure resting(Duration left) {
    return new ModelFailure(
        Reason.RATE_LIMITED, "asked to be left alone", 429, Optional.of(left), null, null);
  }

  /**
   * What an answer of another status than 200 means.
   *
   * @param said the error in the upstream's own words
   */
  static ModelFailure ofStatus(
      int status, Optional<Duration> retryAfter, @Nullable Map<String, Object> said) {
    Reason reason =
        switch (status) {
          case 429 -> Reason.RATE_LIMITED;
          case 400, 404, 413, 422 -> Reason.REFUSED;
          case 401, 402, 403 -> Reason.MISCONFIGURED;
          default -> Reason.BROKEN;
        };
    return new ModelFailure(
        reason, "answered with status " + status, status, retryAfter, said, null);
  }

  /** Any failure of an attempt as one of these. */
  static ModelFailure of(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof ModelFailure failure) {
      return failure;
    }
    if (cause instanceof CircuitBreakerOpenException) {
      return new ModelFailure(Reason.RESTING, "failed too often and gets a rest", cause);
    }
    if (cause instanceof BulkheadException) {
      return new ModelFailure(Reason.CROWDED, "has too many calls in flight", cause);
    }
    return new ModelFailure(Reason.CUT, "broke the connection", cause);
  }

  Reason reason() {
    return reason;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  static boolean isFaultOfUpstream(Throwable thrown) {
    return of(thrown).reason.isFaultOfUpstream;
  }

  boolean isWorthAnotherUpstream() {
    return reason.isWorthAnotherUpstream;
  }

  /** Whether the same upstream may do better in a moment. */
  boolean isWorthAnotherTry() {
    return switch (reason) {
      case UNREACHABLE, CUT, BROKEN, RATE_LIMITED -> true;
      default -> false;
    };
  }

  /** Whether the upstream may have done the work that nobody got, and charges for it. */
  boolean isPerhapsCharged() {
    return switch (reason) {
      case TIMEOUT, DEADLINE, CUT, TOO_LARGE, MALFORMED, CANCELLED -> true;
      default -> false;
    };
  }

  /** What the client is told; the upstream's own words only where it complains of the request. */
  ProblemException toProblem(String upstream) {
    String detail = "upstream " + upstream + " " + getMessage();
    Problem problem =
        switch (reason) {
          case UNREACHABLE, RESTING, FORBIDDEN -> Problem.of(ErrorCode.UNAVAILABLE, detail);
          case TIMEOUT, DEADLINE -> Problem.of(ErrorCode.DEADLINE_EXCEEDED, detail);
          case CROWDED -> Problem.of(ErrorCode.OVERLOADED, detail);
          case RATE_LIMITED ->
              new Problem(
                  429,
                  "upstream.rate_limited",
                  "The language model's own limit is reached",
                  detail,
                  true,
                  Map.of("retry_after_seconds", retryAfterSeconds()));
          case REFUSED -> refused(detail);
          case MISCONFIGURED ->
              new Problem(
                  502,
                  "upstream.misconfigured",
                  "The language model does not take this gateway's key",
                  detail,
                  false,
                  Map.of());
          case MALFORMED, TOO_LARGE ->
              new Problem(
                  502,
                  "upstream.malformed",
                  "The language model's answer makes no sense",
                  detail,
                  true,
                  Map.of());
          case CUT, BROKEN, CANCELLED -> Problem.of(ErrorCode.UPSTREAM_FAILED, detail);
        };
    return new ProblemException(problem, this);
  }

  private Problem refused(String detail) {
    Map<String, Object> error = said == null ? Map.of() : Map.of("upstream_error", said);
    return new Problem(
        status, "upstream.refused", "The language model refused the request", detail, false, error);
  }

  private long retryAfterSeconds() {
    return retryAfter
        .map(wait -> Math.min(MOST_RETRY_AFTER, Math.max(1, (wait.toMillis() + 999) / 1000)))
        .orElse((long) Problem.RETRY_AFTER_SECONDS);
  }

  /** The number that metrics show for a breaker. */
  static int level(CircuitBreakerState state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }
}
