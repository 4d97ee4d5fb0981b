package dev.espalier.search.upstream;

import java.util.List;

/** A search names a type, an upstream or a model that does not exist here. */
public final class UnknownChoiceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final transient List<String> choices;

  /**
   * @param field of the request, such as {@code proposer.model}
   * @param choices what there is
   */
  UnknownChoiceException(String field, List<String> choices) {
    super(
        field
            + (choices.isEmpty()
                ? ": the operator has configured nothing that could be named here"
                : ": must be one of " + String.join(", ", choices)));
    this.field = field;
    this.choices = List.copyOf(choices);
  }

  public String field() {
    return field;
  }

  public List<String> choices() {
    return choices;
  }
}
