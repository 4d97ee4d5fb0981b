package dev.espalier.protocol;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;

/**
 * The mappers that every service has. The classes differ in their type only: the most specific
 * mapper wins, and the framework brings its own for each of these types.
 */
final class ProblemMappers {

  private ProblemMappers() {}

  abstract static class Shared<T extends Throwable> extends ProblemMapper<T> {

    @Override
    protected Problem problemOf(T failure) {
      return ProblemResponses.problemOf(failure);
    }
  }

  /** Everything that has no mapper of its own. */
  @Provider
  public static class Any extends Shared<Throwable> {}

  /** What the framework throws: no such address, method or content type. */
  @Provider
  public static class Web extends Shared<WebApplicationException> {}

  /** A body of another shape than the request record. */
  @Provider
  public static class Mismatch extends Shared<MismatchedInputException> {}

  /** A body that breaks a constraint. */
  @Provider
  public static class Constraint extends Shared<ConstraintViolationException> {}
}
