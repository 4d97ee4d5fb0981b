package dev.espalier.protocol;

import org.jspecify.annotations.Nullable;

/** Ends a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    this(problem, null);
  }

  public ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.code() + ": " + problem.title(), cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
