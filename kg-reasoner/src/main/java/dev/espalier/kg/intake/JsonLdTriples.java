package dev.espalier.kg.intake;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import dev.espalier.kg.resource.KgException;
import jakarta.json.stream.JsonParsingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JSON-LD 1.1, by Titanium. It needs the whole document in memory, so documents are small and read
 * one at a time. Contexts stand in the document: nothing is fetched.
 */
final class JsonLdTriples implements TripleReader {

  private static final DocumentLoader OFF_THE_NETWORK =
      (url, options) -> {
        throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED);
      };

  @Override
  public synchronized void read(DocumentReader document, TripleSink sink) {
    try {
      Document parsed = JsonDocument.of(document);
      JsonLd.toRdf(parsed).loader(OFF_THE_NETWORK).ordered(true).provide(new Quads(sink));
    } catch (JsonLdError e) {
      throw malformed(e);
    } catch (StackOverflowError e) {
      throw Malformed.at(0, "is nested too deeply");
    }
  }

  private static RuntimeException malformed(JsonLdError e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonParsingException parsing) {
        return Malformed.at(parsing.getLocation().getLineNumber(), "is not JSON");
      }
      if (cause instanceof KgException refusal) {
        return refusal;
      }
    }
    return switch (e.getCode()) {
      case LOADING_REMOTE_CONTEXT_FAILED, LOADING_DOCUMENT_FAILED ->
          Malformed.at(0, "refers to a remote context; contexts must stand in the document");
      default -> Malformed.at(0, "JSON-LD: " + e.getCode());
    };
  }

  /** Hands statements on; of a named graph its triples are taken. */
  private static final class Quads implements RdfQuadConsumer {

    private final TripleSink sink;
    private final Map<String, String> nodes = new HashMap<>();

    Quads(TripleSink sink) {
      this.sink = sink;
    }

    @Override
    public RdfQuadConsumer quad(
        String subject,
        String predicate,
        String object,
        @Nullable String datatype,
        @Nullable String language,
        @Nullable String direction,
        @Nullable String graph)
        throws RdfConsumerException {
      boolean isLiteral = RdfQuadConsumer.isLiteral(datatype, language, direction);
      String tail =
          isLiteral
              ? Terms.literal(object, language, Objects.requireNonNullElse(datatype, ""))
              : node(object);
      sink.accept(node(subject), node(predicate), tail, 0);
      return this;
    }

    /** Blank nodes are numbered anew for each document, their labels are not kept. */
    private String node(String term) {
      return RdfQuadConsumer.isBlank(term)
          ? nodes.computeIfAbsent(term, t -> Terms.anonymous(nodes.size()))
          : Terms.iri(term);
    }
  }
}
