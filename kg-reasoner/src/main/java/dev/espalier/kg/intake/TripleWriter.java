package dev.espalier.kg.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes triples as N-Triples, TSV or JSON lines. What it wrote can be read again. */
public abstract class TripleWriter implements AutoCloseable {

  private TripleWriter() {}

  public abstract void write(String head, String relation, String tail) throws IOException;

  @Override
  public abstract void close() throws IOException;

  /**
   * A writer of a format.
   *
   * @throws IllegalArgumentException for a format that is only read
   */
  public static TripleWriter of(TripleFormat format, OutputStream out) throws IOException {
    return switch (format) {
      case NTRIPLES -> new NTriples(out);
      case TSV -> new Tabs(out);
      case JSON_LINES -> new JsonLines(out);
      default -> throw new IllegalArgumentException("triples are not written as " + format);
    };
  }

  /** One triple as N-Triples, without a line end. */
  public static String nTriple(String head, String relation, String tail) {
    return Terms.subject(head) + " " + Terms.predicate(relation) + " " + Terms.object(tail) + " .";
  }

  private static Writer utf8(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
  }

  private static final class NTriples extends TripleWriter {

    private final Writer out;

    NTriples(OutputStream out) {
      this.out = utf8(out);
    }

    @Override
    public void write(String head, String relation, String tail) throws IOException {
      out.append(nTriple(head, relation, tail)).append('\n');
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** A name with a tab or a line end cannot be written so, and becomes its N-Triples IRI. */
  private static final class Tabs extends TripleWriter {

    private final Writer out;

    Tabs(OutputStream out) {
      this.out = utf8(out);
    }

    @Override
    public void write(String head, String relation, String tail) throws IOException {
      out.append(column(head))
          .append('\t')
          .append(column(relation))
          .append('\t')
          .append(column(tail))
          .append('\n');
    }

    private static String column(String name) {
      boolean isPlain = name.chars().noneMatch(c -> c == '\t' || c == '\n' || c == '\r');
      return isPlain ? name : Terms.urn(name);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private static final class JsonLines extends TripleWriter {

    private final JsonGenerator out;

    JsonLines(OutputStream out) throws IOException {
      this.out = new JsonFactory().createGenerator(out);
      this.out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    @Override
    public void write(String head, String relation, String tail) throws IOException {
      out.writeStartObject();
      out.writeStringField("head", head);
      out.writeStringField("relation", relation);
      out.writeStringField("tail", tail);
      out.writeEndObject();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
