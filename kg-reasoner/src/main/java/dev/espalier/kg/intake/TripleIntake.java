package dev.espalier.kg.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.eclipse.rdf4j.rio.ntriples.NTriplesParser;
import org.eclipse.rdf4j.rio.turtle.TurtleParser;

/** Reads an upload of any format, triple by triple, and checks every name. */
public final class TripleIntake {

  /** UTF-8 bytes of a name; more do not fit into an index of the database. */
  public static final int MAX_NAME_BYTES = 2000;

  /** Characters without a triple; a JSON-LD document has no more in all. */
  public static final int MAX_STRETCH = 4 << 20;

  private final Map<TripleFormat, TripleReader> readers = new EnumMap<>(TripleFormat.class);

  public TripleIntake() {
    readers.put(TripleFormat.NTRIPLES, new RdfTriples(NTriplesParser::new));
    readers.put(TripleFormat.TURTLE, new RdfTriples(TurtleParser::new));
    readers.put(TripleFormat.TSV, new TabSeparated());
    readers.put(TripleFormat.CSV, new CommaSeparated());
    readers.put(TripleFormat.JSON, new JsonTriples(false));
    readers.put(TripleFormat.JSON_LINES, new JsonTriples(true));
    readers.put(TripleFormat.JSON_LD, new JsonLdTriples());
  }

  /**
   * Reads a document to its end.
   *
   * @param skipsLiterals whether to leave out triples whose tail is a literal
   * @throws dev.espalier.kg.resource.KgException {@code kg.malformed_triples}, with the line; what
   *     was handed over before must be forgotten
   * @throws IOException when the body stops coming
   */
  public Received read(
      InputStream body, TripleFormat format, boolean skipsLiterals, TripleSink sink)
      throws IOException {
    DigestInputStream digested = new DigestInputStream(body, sha256());
    DocumentReader document = new DocumentReader(digested, MAX_STRETCH);
    CheckedTriples checked = new CheckedTriples(document, skipsLiterals, sink);
    TripleReader reader = readers.get(format);
    if (reader == null) {
      throw new IllegalArgumentException("no reader for " + format);
    }
    reader.read(document, checked);
    return new Received(
        checked.taken,
        checked.skipped,
        checked.hasAnonymousNodes,
        HexFormat.of().formatHex(digested.getMessageDigest().digest(), 0, 8));
  }

  /** The beginning of the names of nodes that have no label. */
  public static String anonymousPrefix() {
    return Terms.anonymous(0).substring(0, 3);
  }

  /**
   * What was in a document.
   *
   * @param triples handed over, repetitions included
   * @param skippedLiterals triples that were left out
   * @param hasAnonymousNodes whether some names start with {@link #anonymousPrefix()}
   * @param documentId the same for the same document
   */
  public record Received(
      long triples, long skippedLiterals, boolean hasAnonymousNodes, String documentId) {}

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Refuses names that cannot be stored. */
  private static final class CheckedTriples implements TripleSink {

    private final DocumentReader document;
    private final boolean skipsLiterals;
    private final TripleSink next;
    private long taken;
    private long skipped;
    private boolean hasAnonymousNodes;

    CheckedTriples(DocumentReader document, boolean skipsLiterals, TripleSink next) {
      this.document = document;
      this.skipsLiterals = skipsLiterals;
      this.next = next;
    }

    @Override
    public void accept(String head, String relation, String tail, long line) {
      document.progress();
      if (skipsLiterals && tail.startsWith("\"") && Terms.isLiteral(tail)) {
        skipped++;
        return;
      }
      check("head", head, line);
      check("relation", relation, line);
      check("tail", tail, line);
      hasAnonymousNodes |= Terms.isAnonymous(head) || Terms.isAnonymous(tail);
      taken++;
      next.accept(head, relation, tail, line);
    }

    private static void check(String what, String name, long line) {
      if (name.isEmpty()) {
        throw Malformed.at(line, "the " + what + " is empty");
      }
      boolean isShort = name.length() <= MAX_NAME_BYTES / 3;
      if (!isShort && name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
        throw Malformed.at(
            line,
            "the %s has more than %,d bytes; literals=skip leaves literals out"
                .formatted(what, MAX_NAME_BYTES));
      }
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if (c == 0) {
          throw Malformed.at(line, "the " + what + " holds a NUL");
        }
        if (Character.isSurrogate(c)) {
          boolean isPair =
              Character.isHighSurrogate(c)
                  && i + 1 < name.length()
                  && Character.isLowSurrogate(name.charAt(i + 1));
          if (!isPair) {
            throw Malformed.at(line, "the " + what + " holds half of a surrogate pair");
          }
          i++;
        }
      }
    }
  }
}
