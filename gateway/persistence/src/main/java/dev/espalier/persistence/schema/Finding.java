package dev.espalier.persistence.schema;

/**
 * Something that the database lacks.
 *
 * @param code stable, such as {@code database.vector_not_installed}
 * @param problem what is wrong, in a sentence
 * @param remedy what to do about it, and who can
 * @param isFatal whether the service cannot work like this
 */
record Finding(String code, String problem, String remedy, boolean isFatal) {

  static Finding fatal(String code, String problem, String remedy) {
    return new Finding(code, problem, remedy, true);
  }

  static Finding note(String code, String problem, String remedy) {
    return new Finding(code, problem, remedy, false);
  }

  @Override
  public String toString() {
    return "%s %s: %s%n  %s"
        .formatted(
            isFatal ? "FAILED" : "note",
            code,
            problem,
            remedy.replace("\n", System.lineSeparator() + "  "));
  }
}
