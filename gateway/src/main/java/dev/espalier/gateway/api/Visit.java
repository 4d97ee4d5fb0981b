package dev.espalier.gateway.api;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.protocol.RequestContext;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of a request while it is here; the log and the metrics read it at the end. */
public final class Visit {

  private static final String KEY = "espalier.visit";

  private final String requestId;
  private final long startNanos = System.nanoTime();
  private @Nullable String service;
  private @Nullable Dialect dialect;
  private @Nullable Caller caller;

  private Visit(String requestId) {
    this.requestId = requestId;
  }

  /** The visit of this request; it begins when it is first asked for. */
  public static Visit of(RoutingContext context) {
    Visit visit = context.get(KEY);
    if (visit == null) {
      String sent = context.request().getHeader(RequestContext.REQUEST_ID_HEADER);
      visit =
          new Visit(
              sent != null && RequestContext.isRequestId(sent)
                  ? sent
                  : UUID.randomUUID().toString());
      context.put(KEY, visit);
      context.response().putHeader(RequestContext.REQUEST_ID_HEADER, visit.requestId);
    }
    return visit;
  }

  void headFor(String service) {
    this.service = service;
  }

  void speak(Dialect dialect) {
    this.dialect = dialect;
    this.service = dialect.name();
  }

  void belongTo(Caller caller) {
    this.caller = caller;
  }

  /** The dialect of ours that the client speaks, where it is not a path of a service. */
  Optional<Dialect> dialect() {
    return Optional.ofNullable(dialect);
  }

  /** How the client expects errors. */
  Envelope envelope() {
    return dialect == null ? Envelope.PROBLEM : dialect.envelope();
  }

  /**
   * Whose request it is.
   *
   * @throws IllegalStateException if nobody has asked for a key yet
   */
  public Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("the request has not passed the doorkeeper");
    }
    return caller;
  }

  /** The client's id where it sent a proper one, else our own. */
  public String requestId() {
    return requestId;
  }

  long nanosSinceArrival() {
    return System.nanoTime() - startNanos;
  }

  /** The service or the dialect that the path belongs to. */
  Optional<String> service() {
    return Optional.ofNullable(service);
  }

  /** The tenant that the key belongs to. */
  Optional<String> tenant() {
    return Optional.ofNullable(caller).map(Caller::tenant);
  }
}
