package dev.espalier.protocol;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Hands every exception to {@link ProblemResponses}. The extra classes exist because the most
 * specific mapper wins, and the framework brings its own for them.
 */
final class ProblemMappers {

  private ProblemMappers() {}

  abstract static class Mapper<T extends Throwable> implements ExceptionMapper<T> {

    @Context ContainerRequestContext request;

    @Override
    public Response toResponse(T failure) {
      return ProblemResponses.respond(failure, request);
    }
  }

  /** Everything that has no mapper of its own. */
  @Provider
  public static class Any extends Mapper<Throwable> {}

  /** What the framework throws: no such address, method or content type. */
  @Provider
  public static class Web extends Mapper<WebApplicationException> {}

  /** A body of another shape than the request record. */
  @Provider
  public static class Mismatch extends Mapper<MismatchedInputException> {}

  /** A body that breaks a constraint. */
  @Provider
  public static class Constraint extends Mapper<ConstraintViolationException> {}
}
