package dev.espalier.kg.intake;

import java.io.IOException;

/** Reads one format. */
@FunctionalInterface
interface TripleReader {

  /**
   * Hands over triples as it reads them.
   *
   * @throws dev.espalier.kg.resource.KgException {@code kg.malformed_triples}, with the line
   * @throws IOException when the body stops coming
   */
  void read(DocumentReader document, TripleSink sink) throws IOException;
}
