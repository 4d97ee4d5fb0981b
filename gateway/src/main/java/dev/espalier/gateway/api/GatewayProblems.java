package dev.espalier.gateway.api;

import dev.espalier.gateway.core.access.Scope;
import dev.espalier.protocol.Problem;
import java.util.Map;

/** The problems that only the gateway has. */
public final class GatewayProblems {

  private GatewayProblems() {}

  static Problem pathRefused() {
    return refusal(400, "gateway.path_refused", "The path can be read in more than one way");
  }

  static Problem httpVersion() {
    return refusal(400, "gateway.http_version", "HTTP/1.1 or HTTP/2 is needed");
  }

  static Problem serviceNotRunning(String service) {
    return new Problem(
        404,
        "gateway.service_not_running",
        "The service behind this address is not part of this installation",
        service,
        false,
        Map.of());
  }

  public static Problem scopeMissing(Scope scope) {
    return refusal(403, "auth.scope_missing", "The key may not be used for this")
        .with("scope", scope.wireName());
  }

  static Problem tenantSuspended() {
    return refusal(403, "auth.tenant_suspended", "The tenant of the key is suspended");
  }

  static Problem uriTooLong(long maxBytes) {
    return refusal(414, "gateway.uri_too_long", "The path and query are too long")
        .with("max_bytes", maxBytes);
  }

  static Problem headersTooLarge(long maxBytes) {
    return refusal(431, "gateway.headers_too_large", "The headers are too large")
        .with("max_bytes", maxBytes);
  }

  private static Problem refusal(int status, String code, String title) {
    return new Problem(status, code, title, null, false, Map.of());
  }
}
