package dev.espalier.kg.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of triples, with the content types that name them. */
public enum TripleFormat {
  NTRIPLES("application/n-triples"),
  TURTLE("text/turtle", "application/x-turtle"),
  TSV("text/tab-separated-values"),
  CSV("text/csv"),
  JSON("application/json"),
  JSON_LINES("application/x-ndjson", "application/jsonl", "application/json-lines"),
  JSON_LD("application/ld+json");

  private final List<String> mediaTypes;

  TripleFormat(String... mediaTypes) {
    this.mediaTypes = List.of(mediaTypes);
  }

  /** The content type that we write. */
  public String mediaType() {
    return mediaTypes.get(0);
  }

  /** The format that a content type names, whatever parameters follow it. */
  public static Optional<TripleFormat> named(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> format.mediaTypes.contains(type)).findFirst();
  }
}
