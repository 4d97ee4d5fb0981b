package dev.espalier.protocol;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Answers a kind of exception with a problem. A service extends it for the exceptions of its core.
 *
 * @param <T> the kind of exception
 */
public abstract class ProblemMapper<T extends Throwable> implements ExceptionMapper<T> {

  @Context ContainerRequestContext request;

  /** What the exception means to a client. */
  protected abstract Problem problemOf(T failure);

  @Override
  public final Response toResponse(T failure) {
    return ProblemResponses.respond(problemOf(failure), failure, request);
  }
}
