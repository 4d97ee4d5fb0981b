package dev.espalier.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, under which id, and until when: what the gateway tells the services behind it.
 *
 * @param tenant the tenant that the API key belongs to
 * @param requestId the id that logs and problems carry
 * @param deadline when the answer is of no more use
 */
public record RequestContext(String tenant, String requestId, Instant deadline) {

  public static final String TENANT_HEADER = "X-Espalier-Tenant";
  public static final String REQUEST_ID_HEADER = "X-Request-Id";

  /** Milliseconds left; a span instead of an instant, because clocks of two machines differ. */
  public static final String TIMEOUT_HEADER = "X-Espalier-Timeout-Ms";

  /** Every header that starts so is ours: the gateway strips it from what clients send. */
  public static final String INTERNAL_HEADER_PREFIX = "x-espalier-";

  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

  public RequestContext {
    if (!isTenant(tenant)) {
      throw new IllegalArgumentException("not a tenant: " + tenant);
    }
    if (!isRequestId(requestId)) {
      throw new IllegalArgumentException("not a request id");
    }
  }

  /**
   * The context that these header values name.
   *
   * @throws ProblemException {@code context.tenant_missing}, {@code request.malformed_header}
   */
  public static RequestContext parse(
      @Nullable String tenant, String requestId, @Nullable String timeoutMs, Instant now) {
    if (tenant == null) {
      throw new ProblemException(Problem.of(ErrorCode.TENANT_MISSING, null));
    }
    if (!isTenant(tenant)) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_HEADER, TENANT_HEADER + " does not name a tenant"));
    }
    return new RequestContext(tenant, requestId, now.plus(timeout(timeoutMs)));
  }

  public static boolean isTenant(String text) {
    return TENANT.matcher(text).matches();
  }

  public static boolean isRequestId(@Nullable String text) {
    return text != null && REQUEST_ID.matcher(text).matches();
  }

  /** How long is left; zero or negative when the deadline has passed. */
  public Duration remaining(Instant now) {
    return Duration.between(now, deadline);
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(deadline);
  }

  private static Duration timeout(@Nullable String millis) {
    if (millis == null) {
      return DEFAULT_TIMEOUT;
    }
    try {
      Duration timeout = Duration.ofMillis(Long.parseLong(millis));
      return timeout.compareTo(MAX_TIMEOUT) > 0 ? MAX_TIMEOUT : timeout;
    } catch (NumberFormatException e) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_HEADER, TIMEOUT_HEADER + " is not a number"), e);
    }
  }
}
