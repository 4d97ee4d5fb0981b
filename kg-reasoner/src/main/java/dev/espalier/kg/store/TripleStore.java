package dev.espalier.kg.store;

import dev.espalier.kg.intake.TripleIntake;
import dev.espalier.kg.intake.TripleIntake.Received;
import dev.espalier.kg.intake.TripleSink;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.Split;
import dev.espalier.kg.resource.TripleChange;
import dev.espalier.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds, removes and reads triples. Called inside a transaction of a tenant. */
/*
 * A document streams into a temporary table and is merged from there by three statements, so its
 * size costs no memory here, and a document that turns out to be malformed leaves nothing. The
 * graph's row is locked for the merge only. Each name and triple is looked up in its index by
 * itself: statistics say nothing yet about rows that came a moment ago, and a join planned on them
 * may take quadratic time. Removed triples stay as long as an unfinished job may
 * still read them, and go with the next change.
 */
@ApplicationScoped
public class TripleStore {

  private static final String STAGE =
      """
      CREATE TEMPORARY TABLE staged (
        head text COLLATE "C" NOT NULL, relation text COLLATE "C" NOT NULL,
        tail text COLLATE "C" NOT NULL) ON COMMIT DROP
      """;

  private static final String NAME_DOCUMENT_NODES =
      """
      UPDATE staged SET
        head = CASE WHEN starts_with(head, ?) THEN ? || substr(head, ?) ELSE head END,
        tail = CASE WHEN starts_with(tail, ?) THEN ? || substr(tail, ?) ELSE tail END
      WHERE starts_with(head, ?) OR starts_with(tail, ?)
      """;

  private static final String ADD_ENTITIES =
      """
      WITH added AS (
        INSERT INTO entity (kg_no, id, name)
        SELECT ?, ? - 1 + row_number() OVER (ORDER BY name), name
        FROM (SELECT head AS name FROM staged UNION SELECT tail FROM staged) AS used
        WHERE (SELECT id FROM entity WHERE kg_no = ? AND entity.name = used.name) IS NULL
        RETURNING name)
      SELECT count(*) AS names, coalesce(sum(octet_length(name)), 0) AS bytes FROM added
      """;

  private static final String ADD_RELATIONS =
      """
      WITH added AS (
        INSERT INTO relation (kg_no, id, name)
        SELECT ?, ? - 1 + row_number() OVER (ORDER BY name), name
        FROM (SELECT DISTINCT relation AS name FROM staged) AS used
        WHERE (SELECT id FROM relation WHERE kg_no = ? AND relation.name = used.name) IS NULL
        RETURNING name)
      SELECT count(*) AS names, coalesce(sum(octet_length(name)), 0) AS bytes FROM added
      """;

  private static final String STAGED_BY_ID =
      """
      SELECT DISTINCT h.id AS head, r.id AS relation, t.id AS tail FROM staged
      CROSS JOIN LATERAL (
        SELECT id FROM entity WHERE kg_no = ? AND name = staged.head LIMIT 1) AS h
      CROSS JOIN LATERAL (
        SELECT id FROM relation WHERE kg_no = ? AND name = staged.relation LIMIT 1) AS r
      CROSS JOIN LATERAL (
        SELECT id FROM entity WHERE kg_no = ? AND name = staged.tail LIMIT 1) AS t
      """;

  private static final String ADD_TRIPLES =
      """
      INSERT INTO triple (kg_no, added, head, relation, tail, split)
      SELECT ?, ?, head, relation, tail, ? FROM (%s) AS named ORDER BY head, relation, tail
      ON CONFLICT (kg_no, head, relation, tail) WHERE removed IS NULL DO NOTHING
      """
          .formatted(STAGED_BY_ID);

  private static final String REMOVE_TRIPLES =
      """
      WITH gone AS (
        UPDATE triple SET removed = ? WHERE ctid = ANY (ARRAY(
          SELECT found.place FROM (%s) AS named
          CROSS JOIN LATERAL (
            SELECT ctid AS place FROM triple
            WHERE kg_no = ? AND head = named.head AND relation = named.relation
              AND tail = named.tail AND removed IS NULL LIMIT 1) AS found))
        RETURNING split)
      SELECT count(*) FILTER (WHERE split = 0) AS train, count(*) FILTER (WHERE split = 1) AS valid,
        count(*) FILTER (WHERE split = 2) AS test FROM gone
      """
          .formatted(STAGED_BY_ID);

  private static final String FORGET_REMOVED =
      """
      DELETE FROM triple WHERE kg_no = ? AND removed <= least(?, (
        SELECT min(snapshot) FROM job WHERE kg_id = ? AND status IN ('QUEUED', 'RUNNING')))
      """;

  private final KgStore kgs;
  private final Database database;
  private final BulkCopy copy;

  TripleStore(KgStore kgs, Database database, BulkCopy copy) {
    this.kgs = kgs;
    this.database = database;
    this.copy = copy;
  }

  /**
   * Adds what is not there. A triple that is there for another split stays there.
   *
   * @throws dev.espalier.kg.resource.KgException {@code kg.not_found}, and what the document throws
   * @throws IOException when the body stops coming
   */
  public TripleChange add(UUID id, Split split, Document document) throws IOException {
    long number = kgs.get(id).number();
    Received received = stage(document);
    long distinct = countStaged();
    KgEntity kg = lockFresh(id);
    grow(kg, names(ADD_ENTITIES, number, kg.entities), names(ADD_RELATIONS, number, kg.relations));
    long added =
        database.update(
            ADD_TRIPLES, number, kg.snapshot + 1, split.ordinal(), number, number, number);
    switch (split) {
      case TRAIN -> kg.train += added;
      case VALID -> kg.valid += added;
      case TEST -> kg.test += added;
    }
    if (added > 0) {
      changed(kg, added, 0);
    }
    return new TripleChange(
        received.triples(),
        added,
        distinct - added,
        received.skippedLiterals(),
        KgStore.toResource(kg));
  }

  /**
   * Removes what is there, whatever split it is in. Names stay in the dictionary.
   *
   * @throws dev.espalier.kg.resource.KgException {@code kg.not_found}, and what the document throws
   * @throws IOException when the body stops coming
   */
  public TripleChange remove(UUID id, Document document) throws IOException {
    long number = kgs.get(id).number();
    Received received = stage(document);
    long distinct = countStaged();
    KgEntity kg = lockFresh(id);
    Kg.Triples gone =
        database
            .queryOne(
                REMOVE_TRIPLES,
                row ->
                    new Kg.Triples(row.getLong("train"), row.getLong("valid"), row.getLong("test")),
                kg.snapshot + 1,
                number,
                number,
                number,
                number)
            .orElseThrow();
    kg.train -= gone.train();
    kg.valid -= gone.valid();
    kg.test -= gone.test();
    if (gone.total() > 0) {
      changed(kg, 0, gone.total());
    }
    return new TripleChange(
        received.triples(),
        gone.total(),
        distinct - gone.total(),
        received.skippedLiterals(),
        KgStore.toResource(kg));
  }

  /** Hands over the current triples by name, in the order of their ids. */
  public void export(Kg kg, @Nullable Split split, NamedRow row) throws IOException {
    String onlySplit = split == null ? "" : " AND split = " + split.ordinal();
    copy.out(
        """
        COPY (
          SELECT h.name, r.name, t.name FROM triple
          JOIN entity h ON h.kg_no = triple.kg_no AND h.id = triple.head
          JOIN relation r ON r.kg_no = triple.kg_no AND r.id = triple.relation
          JOIN entity t ON t.kg_no = triple.kg_no AND t.id = triple.tail
          WHERE triple.kg_no = %d AND removed IS NULL%s
          ORDER BY triple.head, triple.relation, triple.tail) TO STDOUT
        """
            .formatted(kg.number(), onlySplit),
        bytes -> {
          String[] names = BulkCopy.fields(bytes);
          row.accept(names[0], names[1], names[2]);
        });
  }

  private Received stage(Document document) throws IOException {
    copy.execute(STAGE);
    Received received =
        copy.in(
            "COPY staged FROM STDIN",
            rows -> document.read((head, relation, tail, line) -> rows.add(head, relation, tail)));
    if (received.hasAnonymousNodes()) {
      nameDocumentNodes(received.documentId());
    }
    copy.execute("ANALYZE staged");
    copy.execute("SET LOCAL work_mem = '64MB'");
    return received;
  }

  /** A node without a label is the same node when the same document comes again, and only then. */
  private void nameDocumentNodes(String document) {
    String marker = TripleIntake.anonymousPrefix();
    String prefix = "_:d" + document + "n";
    int from = marker.length() + 1;
    database.update(
        NAME_DOCUMENT_NODES, marker, prefix, from, marker, prefix, from, marker, marker);
  }

  private long countStaged() {
    return database
        .queryOne(
            "SELECT count(*) AS triples FROM (SELECT DISTINCT head, relation, tail FROM staged) AS s",
            row -> row.getLong("triples"))
        .orElseThrow();
  }

  private KgEntity lockFresh(UUID id) {
    kgs.forget();
    return kgs.lock(id);
  }

  private NewNames names(String sql, long number, int next) {
    return database
        .queryOne(
            sql,
            row -> new NewNames(row.getInt("names"), row.getLong("bytes")),
            number,
            next,
            number)
        .orElseThrow();
  }

  private static void grow(KgEntity kg, NewNames entities, NewNames relations) {
    kg.entities = Math.addExact(kg.entities, entities.count());
    kg.relations = Math.addExact(kg.relations, relations.count());
    kg.nameBytes += entities.bytes() + relations.bytes();
  }

  private void changed(KgEntity kg, long added, long removed) {
    database.update(FORGET_REMOVED, kg.no, kg.snapshot, kg.id);
    kg.snapshot++;
    kg.updatedAt = kgs.now();
    kgs.flush();
    database.update(
        """
        INSERT INTO kg_snapshot (kg_no, number, entities, relations, added, removed, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        kg.no,
        kg.snapshot,
        kg.entities,
        kg.relations,
        added,
        removed,
        kg.updatedAt);
  }

  private record NewNames(int count, long bytes) {}

  /** An upload that has not been read yet. */
  @FunctionalInterface
  public interface Document {
    Received read(TripleSink sink) throws IOException;
  }

  /** Takes a triple by its names. */
  @FunctionalInterface
  public interface NamedRow {
    void accept(String head, String relation, String tail) throws IOException;
  }
}
