package dev.espalier.kg.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our own form: objects {@code {"head", "relation", "tail"}}, either as the array {@code "triples"}
 * of one object, or one after the other (JSON lines).
 */
final class JsonTriples implements TripleReader {

  private static final List<String> MEMBERS = List.of("head", "relation", "tail");

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private final boolean isLines;

  /**
   * @param isLines whether the document is one object after the other
   */
  JsonTriples(boolean isLines) {
    this.isLines = isLines;
  }

  @Override
  public void read(DocumentReader document, TripleSink sink) throws IOException {
    try (JsonParser parser = json.createParser(document)) {
      if (isLines) {
        readObjects(parser, null, sink);
      } else {
        readDocument(parser, sink);
      }
    } catch (JsonProcessingException e) {
      throw Malformed.at(line(e), e.getOriginalMessage());
    }
  }

  private static void readDocument(JsonParser parser, TripleSink sink) throws IOException {
    expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "an object {\"triples\": [...]}");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (!"triples".equals(parser.currentName())) {
        throw malformed(parser, "unknown member, expected \"triples\"");
      }
      expect(parser, parser.nextToken(), JsonToken.START_ARRAY, "an array of triples");
      readObjects(parser, JsonToken.END_ARRAY, sink);
    }
    if (parser.nextToken() != null) {
      throw malformed(parser, "something follows the document");
    }
  }

  private static void readObjects(JsonParser parser, @Nullable JsonToken end, TripleSink sink)
      throws IOException {
    for (JsonToken token = parser.nextToken(); token != end; token = parser.nextToken()) {
      expect(parser, token, JsonToken.START_OBJECT, "an object {\"head\", \"relation\", \"tail\"}");
      readTriple(parser, sink);
    }
  }

  private static void readTriple(JsonParser parser, TripleSink sink) throws IOException {
    long line = parser.currentTokenLocation().getLineNr();
    Map<String, String> triple = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String member = parser.currentName();
      if (!MEMBERS.contains(member)) {
        throw malformed(parser, "unknown member, expected head, relation and tail");
      }
      expect(parser, parser.nextToken(), JsonToken.VALUE_STRING, "text as " + member);
      triple.put(member, parser.getText());
    }
    if (triple.size() != MEMBERS.size()) {
      throw Malformed.at(line, "a triple has head, relation and tail");
    }
    sink.accept(
        triple.getOrDefault("head", ""),
        triple.getOrDefault("relation", ""),
        triple.getOrDefault("tail", ""),
        line);
  }

  private static void expect(
      JsonParser parser, @Nullable JsonToken found, JsonToken expected, String what)
      throws IOException {
    if (found != expected) {
      throw malformed(parser, "expected " + what);
    }
  }

  private static RuntimeException malformed(JsonParser parser, String why) {
    return Malformed.at(parser.currentLocation().getLineNr(), why);
  }

  static long line(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? 0 : location.getLineNr();
  }
}
