package dev.espalier.kg.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** RFC 4180 with three columns. A first line that names the columns is passed by. */
final class CommaSeparated implements TripleReader {

  private static final Set<List<String>> HEADERS =
      Set.of(
          List.of("head", "relation", "tail"),
          List.of("subject", "predicate", "object"),
          List.of("source", "relation", "target"));

  private final CsvFactory csv =
      CsvFactory.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  @Override
  public void read(DocumentReader document, TripleSink sink) throws IOException {
    long line = 0;
    try (CsvParser rows = csv.createParser(document)) {
      boolean isFirst = true;
      rows.nextToken();
      for (JsonToken token = rows.nextToken();
          token == JsonToken.START_ARRAY;
          token = rows.nextToken()) {
        line = rows.currentLocation().getLineNr();
        List<String> columns = columns(rows);
        if (columns.size() != 3) {
          throw Malformed.at(line, "has %d columns instead of 3".formatted(columns.size()));
        }
        if (!isFirst || !isHeader(columns)) {
          sink.accept(columns.get(0), columns.get(1), columns.get(2), line);
        }
        isFirst = false;
      }
    } catch (JsonProcessingException e) {
      throw Malformed.at(line, e.getOriginalMessage());
    }
  }

  private static List<String> columns(CsvParser rows) throws IOException {
    List<String> columns = new ArrayList<>(3);
    while (rows.nextToken() != JsonToken.END_ARRAY) {
      columns.add(rows.getText());
    }
    return columns;
  }

  private static boolean isHeader(List<String> columns) {
    return HEADERS.contains(columns.stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList());
  }
}
