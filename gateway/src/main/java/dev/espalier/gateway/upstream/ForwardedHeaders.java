package dev.espalier.gateway.upstream;

import dev.espalier.gateway.core.ConnectionHeaders;
import dev.espalier.gateway.core.KeyHeaders;
import dev.espalier.gateway.core.TraceParent;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What is taken out of the headers on their way, and what is put in. */
final class ForwardedHeaders {

  private ForwardedHeaders() {}

  /** On the way to a service: no key, nothing that pretends to be ours, then our own context. */
  static void toService(MultiMap headers, RequestContext context, Instant now) {
    removeConnectionHeaders(headers);
    headers.remove(HttpHeaders.AUTHORIZATION);
    KeyHeaders.NAMES.forEach(headers::remove);
    headers.remove(HttpHeaders.EXPECT);
    for (String name : List.copyOf(headers.names())) {
      if (name.toLowerCase(Locale.ROOT).startsWith(RequestContext.INTERNAL_HEADER_PREFIX)) {
        headers.remove(name);
      }
    }
    List<String> traces = headers.getAll(TraceParent.HEADER);
    if (traces.size() > 1 || traces.stream().anyMatch(it -> !TraceParent.isValid(it))) {
      headers.remove(TraceParent.HEADER);
      headers.remove("tracestate");
    }
    headers.set(RequestContext.TENANT_HEADER, context.tenant());
    headers.set(RequestContext.REQUEST_ID_HEADER, context.requestId());
    headers.set(RequestContext.TIMEOUT_HEADER, Long.toString(context.remaining(now).toMillis()));
  }

  /** On the way back: the request id on the answer is already the gateway's. */
  static void toClient(MultiMap headers) {
    removeConnectionHeaders(headers);
    headers.remove(RequestContext.REQUEST_ID_HEADER);
  }

  private static void removeConnectionHeaders(MultiMap headers) {
    ConnectionHeaders.of(headers.getAll(HttpHeaders.CONNECTION)).forEach(headers::remove);
  }
}
