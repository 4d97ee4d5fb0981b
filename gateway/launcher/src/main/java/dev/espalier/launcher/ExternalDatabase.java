package dev.espalier.launcher;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A database that somebody else runs, with one role for all services, which has the right to create
 * schemas in it.
 */
final class ExternalDatabase implements Database {

  private final DatabaseAccess owner;
  private final boolean hasVectors;

  private ExternalDatabase(DatabaseAccess owner, boolean hasVectors) {
    this.owner = owner;
    this.hasVectors = hasVectors;
  }

  /**
   * Connects once and makes the schemas that are missing.
   *
   * @throws LaunchException if that is not possible
   */
  static ExternalDatabase open(DatabaseAccess owner, List<String> schemas) {
    try (Connection connection = owner.connect()) {
      for (String schema : schemas) {
        ServiceSchemas.createSchema(connection, schema);
      }
      return new ExternalDatabase(owner, ServiceSchemas.hasVectorExtension(connection));
    } catch (SQLException e) {
      throw new LaunchException("cannot use the database " + owner + ": " + e.getMessage(), e);
    }
  }

  @Override
  public DatabaseAccess access(String schema) {
    String separator = owner.jdbcUrl().contains("?") ? "&" : "?";
    String url = owner.jdbcUrl() + separator + "currentSchema=" + schema + ",public";
    return new DatabaseAccess(url, owner.user(), owner.password());
  }

  @Override
  public boolean hasVectors() {
    return hasVectors;
  }

  @Override
  public Optional<ChildProcess> process() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // It is not ours to stop.
  }
}
