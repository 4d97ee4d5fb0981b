package dev.espalier.maths;

/**
 * One lexical unit of mathematics.
 *
 * @param kind what it is
 * @param text digits, a name, a sign or a bracket
 */
record MathsToken(Kind kind, String text) {

  enum Kind {
    NUMBER,
    NAME,
    FUNCTION,
    OPERATOR,
    RELATION,
    OPEN,
    CLOSE,
    COMMA,
    FRACTION,
    ROOT,
    END
  }

  boolean is(Kind other, String expected) {
    return kind == other && text.equals(expected);
  }
}
