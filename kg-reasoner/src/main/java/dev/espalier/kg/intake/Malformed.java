package dev.espalier.kg.intake;

import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.KgException.Reason;

/** A document that is not what it says. */
final class Malformed {

  private static final int MAX_DETAIL = 300;

  private Malformed() {}

  /**
   * @param line where, from 1; anything less when it is not known
   */
  static KgException at(long line, String why) {
    String detail = why.length() <= MAX_DETAIL ? why : why.substring(0, MAX_DETAIL) + " ...";
    String place = line > 0 ? "line " + line + ": " : "";
    KgException malformed = new KgException(Reason.MALFORMED_TRIPLES, place + detail);
    return line > 0 ? malformed.with("line", line) : malformed;
  }
}
