package dev.espalier.memory.evaluation.speed;

import dev.espalier.measuring.command.CommandException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Gives waiting turns invented vectors, behind the service's back: embedding 100,000 turns takes a
 * quarter of an hour, and what a search costs does not depend on what the vectors mean. Each is a
 * real vector of the conversation with noise, so that they lie as embeddings do.
 *
 * @param url of the service's database, with user and password, for somebody whom row-level
 *     security does not bind
 */
record SyntheticVectors(String url) {

  /**
   * Of each component; a unit vector's are about 0.05, and so copies have a cosine of about 0.9.
   */
  private static final double NOISE = 0.025;

  private static final List<String> STATEMENTS =
      List.of(
          "SET search_path = memory, public",
          // In the order of a worker that embeds: its tasks, then the conversation's head.
          "SELECT 1 FROM embedding_task WHERE conversation_id = ? FOR UPDATE",
          "UPDATE embedding_head SET revision = revision + 1 WHERE conversation_id = ?",
          "DROP INDEX IF EXISTS turn_embedding_hnsw",
          """
          CREATE TEMP TABLE base AS
          SELECT row_number() OVER (ORDER BY seq) - 1 AS n, embedding, model_id, tenant_id
          FROM turn_embedding WHERE conversation_id = ?
          """,
          "CREATE INDEX ON base (n)",
          """
          INSERT INTO turn_embedding (conversation_id, seq, tenant_id, model_id, revision, embedding)
          SELECT w.conversation_id, w.seq, b.tenant_id, b.model_id,
            (SELECT revision FROM embedding_head WHERE conversation_id = w.conversation_id),
            v.noisy
          FROM embedding_task w
          JOIN base b ON b.n = mod(w.seq * 7919, (SELECT count(*) FROM base)),
          LATERAL (
            SELECT array_agg((x / norm)::real ORDER BY i) AS noisy
            FROM (SELECT i, x, sqrt(sum(x * x) OVER ()) AS norm
              FROM (SELECT i, e + random_normal(0, %s) AS x
                FROM unnest(b.embedding) WITH ORDINALITY AS c (e, i)
                WHERE w.seq > 0) AS noise) AS scaled) AS v
          WHERE w.conversation_id = ?
          ON CONFLICT DO NOTHING
          """
              .formatted(NOISE),
          "DELETE FROM embedding_task WHERE conversation_id = ?");

  /** Returns when every turn of the conversation has a vector, and the index is as it was. */
  void fill(UUID conversation) {
    try (Connection database = DriverManager.getConnection(url)) {
      boolean hasIndex = hasIndex(database);
      database.setAutoCommit(false);
      execute(database, "SELECT setseed(0.5)", conversation);
      for (String sql : STATEMENTS) {
        execute(database, sql, conversation);
      }
      database.commit();
      if (hasIndex) {
        execute(database, "SET maintenance_work_mem = '512MB'", conversation);
        execute(
            database,
            "CREATE INDEX turn_embedding_hnsw ON turn_embedding"
                + " USING hnsw (searchable vector_ip_ops) WITH (m = 16, ef_construction = 64)",
            conversation);
      }
      database.commit();
      database.setAutoCommit(true);
      execute(database, "VACUUM ANALYZE turn_embedding", conversation);
      execute(database, "VACUUM ANALYZE posting", conversation);
    } catch (SQLException e) {
      throw new CommandException("the vectors could not be invented: " + e.getMessage(), e);
    }
  }

  private static boolean hasIndex(Connection database) throws SQLException {
    try (PreparedStatement statement =
            database.prepareStatement(
                "SELECT to_regclass('memory.turn_embedding_hnsw') IS NOT NULL");
        var rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static void execute(Connection database, String sql, UUID conversation)
      throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      if (sql.contains("?")) {
        statement.setObject(1, conversation);
      }
      statement.execute();
    }
  }
}
