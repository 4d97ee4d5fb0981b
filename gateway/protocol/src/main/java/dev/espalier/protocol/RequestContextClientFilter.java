package dev.espalier.protocol;

import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Instant;

/** Passes the request context on to the next service; register it on a REST client. */
public class RequestContextClientFilter implements ClientRequestFilter {

  private final CurrentRequest current;

  @Inject
  public RequestContextClientFilter(CurrentRequest current) {
    this.current = current;
  }

  @Override
  public void filter(ClientRequestContext request) {
    RequestContext context = current.context();
    long millisLeft = context.remaining(Instant.now()).toMillis();
    if (millisLeft <= 0) {
      throw new ProblemException(Problem.of(ErrorCode.DEADLINE_EXCEEDED, null));
    }
    request.getHeaders().putSingle(RequestContext.TENANT_HEADER, context.tenant());
    request.getHeaders().putSingle(RequestContext.REQUEST_ID_HEADER, context.requestId());
    request.getHeaders().putSingle(RequestContext.TIMEOUT_HEADER, Long.toString(millisLeft));
  }
}
