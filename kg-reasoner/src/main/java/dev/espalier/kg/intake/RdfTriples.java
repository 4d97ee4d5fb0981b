package dev.espalier.kg.intake;

import java.io.IOException;
import java.util.function.Supplier;
import org.eclipse.rdf4j.model.BNode;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.eclipse.rdf4j.rio.helpers.BasicParserSettings;

/** N-Triples and Turtle, by RDF4J's parsers. Labels of blank nodes are kept. */
final class RdfTriples implements TripleReader {

  private final Supplier<RDFParser> parsers;

  RdfTriples(Supplier<RDFParser> parsers) {
    this.parsers = parsers;
  }

  @Override
  public void read(DocumentReader document, TripleSink sink) throws IOException {
    RDFParser parser = parsers.get();
    Statements statements = new Statements(sink);
    parser.set(BasicParserSettings.PRESERVE_BNODE_IDS, true);
    parser.set(BasicParserSettings.VERIFY_DATATYPE_VALUES, false);
    parser.set(BasicParserSettings.VERIFY_LANGUAGE_TAGS, false);
    parser.setValueFactory(new NumberedNodes());
    parser.setRDFHandler(statements);
    parser.setParseLocationListener((line, column) -> statements.line = line);
    try {
      parser.parse(document);
    } catch (RDFParseException e) {
      throw Malformed.at(
          e.getLineNumber() > 0 ? e.getLineNumber() : statements.line,
          e.getMessage() == null ? "cannot be read" : e.getMessage());
    } catch (StackOverflowError e) {
      throw Malformed.at(statements.line, "is nested too deeply");
    }
  }

  /** Hands statements on. */
  private static final class Statements extends AbstractRDFHandler {

    private final TripleSink sink;
    private long line = 1;

    Statements(TripleSink sink) {
      this.sink = sink;
    }

    @Override
    public void handleStatement(Statement statement) {
      sink.accept(
          name(statement.getSubject()),
          name(statement.getPredicate()),
          name(statement.getObject()),
          line);
    }

    private String name(Value value) {
      if (value instanceof IRI iri) {
        return Terms.iri(iri.stringValue());
      }
      if (value instanceof BNode node) {
        return Terms.blank(node.getID());
      }
      if (value instanceof Literal literal) {
        return Terms.literal(
            literal.getLabel(),
            literal.getLanguage().orElse(null),
            literal.getDatatype().stringValue());
      }
      throw Malformed.at(line, "a triple inside a triple is not taken");
    }
  }

  /** Numbers the nodes that have no label, in the order of the document. */
  private static final class NumberedNodes extends SimpleValueFactory {

    private long count;

    @Override
    public BNode createBNode() {
      return createBNode(Terms.anonymous(count++).substring(2));
    }
  }
}
