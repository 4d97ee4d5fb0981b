package dev.espalier.equivalence.upstream;

/** The endpoint could not be reached, refused, or answered with an error that may pass. */
final class JudgeFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JudgeFailure(String reason) {
    super(reason);
  }

  JudgeFailure(Throwable cause) {
    super("the judge cannot be reached", cause);
  }
}
