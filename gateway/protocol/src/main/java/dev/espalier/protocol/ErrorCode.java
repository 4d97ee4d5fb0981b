package dev.espalier.protocol;

/** The error codes that every service shares. A service's own codes start with its name. */
public enum ErrorCode {
  MALFORMED_BODY("request.malformed_body", 400, "The body is not well-formed", false),
  MALFORMED_HEADER("request.malformed_header", 400, "A header is not well-formed", false),
  AMBIGUOUS_FRAMING("request.ambiguous_framing", 400, "The message framing is ambiguous", false),
  KEY_MISSING("auth.key_missing", 401, "An API key is needed", false),
  KEY_REFUSED("auth.key_refused", 401, "The API key is not valid", false),
  TENANT_MISSING("context.tenant_missing", 401, "The request names no tenant", false),
  NOT_FOUND("request.not_found", 404, "There is nothing at this address", false),
  METHOD_NOT_ALLOWED("request.method_not_allowed", 405, "The address has no such method", false),
  NOT_ACCEPTABLE("request.not_acceptable", 406, "No such representation", false),
  BODY_TOO_LARGE("request.body_too_large", 413, "The body is too large", false),
  UNSUPPORTED_MEDIA_TYPE("request.unsupported_media_type", 415, "No such content type", false),
  INVALID("request.invalid", 422, "The request is not valid", false),
  INTERNAL("internal.error", 500, "Something failed on our side", false),
  UPSTREAM_FAILED("upstream.failed", 502, "A service behind this one failed", true),
  UNAVAILABLE("service.unavailable", 503, "The service cannot answer now", true),
  DATABASE_UNAVAILABLE("database.unavailable", 503, "The database cannot be reached", true),
  DATABASE_READ_ONLY("database.read_only", 503, "Nothing can be stored now", true),
  OVERLOADED("service.overloaded", 503, "Too many requests are in flight", true),
  DEADLINE_EXCEEDED("request.deadline_exceeded", 504, "The deadline has passed", true);

  private final String code;
  private final int status;
  private final String title;
  private final boolean retryable;

  ErrorCode(String code, int status, String title, boolean retryable) {
    this.code = code;
    this.status = status;
    this.title = title;
    this.retryable = retryable;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public boolean isRetryable() {
    return retryable;
  }
}
