package dev.espalier.search.api;

import dev.espalier.search.api.SearchProblems.FieldError;
import dev.espalier.search.core.arithmetic.ArithmeticProblem;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.upstream.Ports;
import dev.espalier.search.upstream.UnknownChoiceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether what a specification names exists here, and whether its members go together. */
@ApplicationScoped
class SpecCheck {

  private static final String ARITHMETIC = "arithmetic";

  private final Ports ports;

  SpecCheck(Ports ports) {
    this.ports = ports;
  }

  /** What is wrong, by member; empty when the search can be run. */
  List<FieldError> errors(SearchSpec spec) {
    try {
      ports.of(spec);
    } catch (UnknownChoiceException e) {
      return List.of(new FieldError(e.field(), choices(e)));
    }
    boolean isArithmetic = spec.proposer().type().equals(ARITHMETIC);
    if (isArithmetic && ArithmeticProblem.parse(spec.problem()).isEmpty()) {
      return List.of(
          new FieldError(
              "problem",
              "is no puzzle that the proposer arithmetic reads, such as \"Use 4 5 6 10 to make"
                  + " 24\""));
    }
    if (!isArithmetic && spec.proposer().duplicateRate() != null) {
      return List.of(
          new FieldError("proposer.duplicate_rate", "means nothing but for the type arithmetic"));
    }
    return List.of();
  }

  private static String choices(UnknownChoiceException e) {
    return e.choices().isEmpty()
        ? "the operator has configured nothing that could be named here"
        : "must be one of " + String.join(", ", e.choices());
  }
}
