package dev.espalier.memory.evaluation.crashes;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.launcher.EmbeddedDatabase;
import dev.espalier.launcher.LaunchException;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** The embedded PostgreSQL on a directory of its own. */
final class PostgresProcess implements Victim, AutoCloseable {

  private static final String SCHEMA = "memory";
  private static final int START_TRIES = 20;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

  private final Path directory;
  private EmbeddedDatabase database;

  PostgresProcess(Path directory) {
    this.directory = directory;
    this.database = start(directory, 0);
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  DatabaseAccess access() {
    return database.access(SCHEMA);
  }

  boolean hasVectors() {
    return database.hasVectors();
  }

  /** How many turns have a vector, in all conversations of all tenants. */
  long vectors() {
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM memory.turn_embedding")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new CommandException("cannot count the vectors: " + e.getMessage(), e);
    }
  }

  /** Kills the postmaster; its children notice and end before this returns. */
  @Override
  public void kill() {
    ProcessHandle.of(database.pid()).ifPresent(ProcessHandle::destroyForcibly);
    database.exit().join();
  }

  @Override
  public void restart() {
    int port = database.port();
    database.close();
    for (int tries = 1; true; tries++) {
      try {
        database = start(directory, port);
        return;
      } catch (LaunchException e) {
        if (tries == START_TRIES) {
          throw new CommandException("PostgreSQL does not start again: " + e.getMessage(), e);
        }
        Pause.of(BETWEEN_TRIES);
      }
    }
  }

  @Override
  public void close() {
    database.close();
  }

  private static EmbeddedDatabase start(Path directory, int port) {
    return EmbeddedDatabase.start(
        new EmbeddedDatabase.Settings(directory, port, List.of(SCHEMA), true, line -> {}));
  }
}
