package dev.espalier.kg.store;

import dev.espalier.kg.core.graph.GraphBuilder;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Names;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.KgException.Reason;
import dev.espalier.kg.resource.LoadedGraph;
import dev.espalier.kg.resource.Split;
import dev.espalier.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Reads a snapshot into memory. Called inside a transaction of a tenant. */
/*
 * Nobody changes the graph while it is read, since its row is held. Ids in memory are those of the
 * dictionary, so the same snapshot is the same in every process.
 */
@ApplicationScoped
public class GraphLoader {

  private static final Comparator<Triple> ORDER =
      Comparator.comparingInt(Triple::head)
          .thenComparingInt(Triple::relation)
          .thenComparingInt(Triple::tail);

  private final KgStore kgs;
  private final Database database;
  private final BulkCopy copy;

  GraphLoader(KgStore kgs, Database database, BulkCopy copy) {
    this.kgs = kgs;
    this.database = database;
    this.copy = copy;
  }

  /**
   * The newest snapshot.
   *
   * @param mostBytes of memory that it may take
   * @throws KgException {@code kg.not_found}, {@code kg.graph_too_large}
   */
  public LoadedGraph newest(UUID id, long mostBytes) {
    Kg kg = kgs.share(id);
    return load(kg, new Extent(kg.snapshot(), kg.entities(), kg.relations()), mostBytes);
  }

  /**
   * A snapshot that an unfinished job holds.
   *
   * @throws KgException {@code kg.not_found}, {@code kg.graph_too_large}
   */
  public LoadedGraph at(UUID id, long snapshot, long mostBytes) {
    Kg kg = kgs.share(id);
    Extent extent =
        database
            .queryOne(
                "SELECT entities, relations FROM kg_snapshot WHERE kg_no = ? AND number = ?",
                row -> new Extent(snapshot, row.getInt("entities"), row.getInt("relations")),
                kg.number(),
                snapshot)
            .orElse(new Extent(snapshot, 0, 0));
    return load(kg, extent, mostBytes);
  }

  private LoadedGraph load(Kg kg, Extent extent, long mostBytes) {
    Kg.Triples triples = kg.triples();
    long bytes =
        LoadedGraph.estimate(
            kg.entities(), triples.train(), triples.valid() + triples.test(), kg.nameBytes());
    if (bytes > mostBytes) {
      throw new KgException(
              Reason.GRAPH_TOO_LARGE,
              "it takes about %,d MB of the %,d MB that graphs may take"
                  .formatted(bytes >> 20, mostBytes >> 20))
          .with("bytes", bytes);
    }
    try {
      return read(kg, extent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LoadedGraph read(Kg kg, Extent extent) throws IOException {
    Names entities = names(kg, "entity", extent.entities());
    Names relations = names(kg, "relation", extent.relations());
    GraphBuilder walked = GraphBuilder.withNames(entities, relations);
    List<Triple> valid = new ArrayList<>();
    List<Triple> test = new ArrayList<>();
    copy.out(
        """
        COPY (
          SELECT head, relation, tail, split FROM triple
          WHERE kg_no = %d AND added <= %d AND (removed IS NULL OR removed > %d)) TO STDOUT
        """
            .formatted(kg.number(), extent.snapshot(), extent.snapshot()),
        row -> {
          int[] numbers = numbers(row);
          if (numbers[3] == Split.TRAIN.ordinal()) {
            walked.add(numbers[0], numbers[1], numbers[2]);
          } else {
            (numbers[3] == Split.VALID.ordinal() ? valid : test)
                .add(new Triple(numbers[0], numbers[1], numbers[2]));
          }
        });
    valid.sort(ORDER);
    test.sort(ORDER);
    KnowledgeGraph graph = walked.build();
    return new LoadedGraph(
        kg.id(),
        extent.snapshot(),
        graph,
        known(graph, valid, test),
        valid.toArray(Triple[]::new),
        test.toArray(Triple[]::new));
  }

  private static KnowledgeGraph known(KnowledgeGraph graph, List<Triple> valid, List<Triple> test) {
    if (valid.isEmpty() && test.isEmpty()) {
      return graph;
    }
    GraphBuilder known = GraphBuilder.from(graph);
    valid.forEach(t -> known.add(t.head(), t.relation(), t.tail()));
    test.forEach(t -> known.add(t.head(), t.relation(), t.tail()));
    return known.build();
  }

  private Names names(Kg kg, String table, int count) throws IOException {
    List<String> names = new ArrayList<>(count);
    copy.out(
        "COPY (SELECT name FROM %s WHERE kg_no = %d AND id < %d ORDER BY id) TO STDOUT"
            .formatted(table, kg.number(), count),
        row -> names.add(BulkCopy.fields(row)[0]));
    return Names.of(names);
  }

  /** Four numbers with tabs between them; no text is made of them on the way. */
  private static int[] numbers(byte[] row) {
    int[] numbers = new int[4];
    int at = 0;
    for (byte b : row) {
      if (b >= '0') {
        numbers[at] = 10 * numbers[at] + b - '0';
      } else if (b == '\t') {
        at++;
      }
    }
    return numbers;
  }

  /** How far a snapshot's dictionaries reach. */
  private record Extent(long snapshot, int entities, int relations) {}
}
