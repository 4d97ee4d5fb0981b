package dev.espalier.search.api;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.util.List;
import java.util.Map;

/** The refusals of this service. */
final class SearchProblems {

  private SearchProblems() {}

  static ProblemException searchNotFound() {
    return of(404, "not_found", "There is no such search", "no search has this id");
  }

  static ProblemException batchNotFound() {
    return of(404, "batch_not_found", "There is no such batch", "no batch has this id");
  }

  static ProblemException notReevaluable(String detail) {
    return of(409, "not_reevaluable", "The search cannot be evaluated again", detail);
  }

  /** The same shape as that of a broken constraint. */
  static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(
        Problem.of(ErrorCode.INVALID, "see errors")
            .with(
                "errors",
                errors.stream()
                    .limit(100)
                    .map(error -> Map.of("field", error.field(), "message", error.message()))
                    .toList()));
  }

  private static ProblemException of(int status, String code, String title, String detail) {
    return new ProblemException(
        new Problem(status, "search." + code, title, detail, false, Map.of()));
  }

  /** What is wrong with a member of the request. */
  record FieldError(String field, String message) {}
}
