package dev.espalier.protocol;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;
import java.util.UUID;

/**
 * Reads the request context from its headers and puts the request id on the answer. A request
 * without a tenant goes no further: the tenant's scope fails closed.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class RequestContextFilter implements ContainerRequestFilter, ContainerResponseFilter {

  static final String REQUEST_ID = "espalier.request_id";

  private final CurrentRequest current;

  @Inject
  public RequestContextFilter(CurrentRequest current) {
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String sent = request.getHeaderString(RequestContext.REQUEST_ID_HEADER);
    String requestId = RequestContext.isRequestId(sent) ? sent : UUID.randomUUID().toString();
    request.setProperty(REQUEST_ID, requestId);
    RequestContext context =
        RequestContext.parse(
            request.getHeaderString(RequestContext.TENANT_HEADER),
            requestId,
            request.getHeaderString(RequestContext.TIMEOUT_HEADER),
            Instant.now());
    if (context.isExpired(Instant.now())) {
      throw new ProblemException(Problem.of(ErrorCode.DEADLINE_EXCEEDED, null));
    }
    current.enter(context);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(REQUEST_ID) instanceof String id) {
      response.getHeaders().putSingle(RequestContext.REQUEST_ID_HEADER, id);
    }
  }
}
