package dev.espalier.launcher;

import java.util.Optional;

/** Where the services keep what they store: our own server, or one that somebody else runs. */
sealed interface Database extends AutoCloseable permits EmbeddedDatabase, ExternalDatabase {

  /** The way in for the service that owns this schema. */
  DatabaseAccess access(String schema);

  /** Whether the extension {@code vector} is in the database. */
  boolean hasVectors();

  /** The server, when it is ours. */
  Optional<ChildProcess> process();

  @Override
  void close();
}
