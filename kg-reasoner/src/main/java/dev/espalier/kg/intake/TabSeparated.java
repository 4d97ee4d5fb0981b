package dev.espalier.kg.intake;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * Three columns with a tab between them, no quotes; a line without any tab may have its columns
 * between spaces. Empty lines are passed by.
 */
final class TabSeparated implements TripleReader {

  @Override
  public void read(DocumentReader document, TripleSink sink) throws IOException {
    BufferedReader lines = new BufferedReader(document);
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] columns =
          line.indexOf('\t') >= 0 ? line.split("\t", -1) : line.strip().split(" +", -1);
      if (columns.length != 3) {
        throw Malformed.at(number, "has %d columns instead of 3".formatted(columns.length));
      }
      sink.accept(name(columns[0]), name(columns[1]), name(columns[2]), number);
    }
  }

  private static String name(String column) {
    return Terms.iri(column.strip());
  }
}
