package dev.espalier.kg.intake;

/** Takes triples one by one. */
@FunctionalInterface
public interface TripleSink {

  /**
   * @param line where the triple stands in its document, from 1; 0 where a format has no lines
   */
  void accept(String head, String relation, String tail, long line);
}
