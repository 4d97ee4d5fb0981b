package dev.espalier.persistence.schema;

import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Which migrations of this build the schema still lacks.
 *
 * <p>A schema that is ahead lacks nothing: while a new version is rolled out, the old one goes on
 * serving on it.
 */
public final class SchemaVersion {

  private final Flyway migrations;

  public SchemaVersion(Flyway migrations) {
    this.migrations = migrations;
  }

  /** The versions that are missing or failed, the oldest first; empty when the service can work. */
  public List<String> missing() {
    return Arrays.stream(migrations.info().all())
        .filter(migration -> migration.getVersion() != null)
        .filter(SchemaVersion::isMissing)
        .map(migration -> migration.getVersion().getVersion())
        .toList();
  }

  private static boolean isMissing(MigrationInfo migration) {
    MigrationState state = migration.getState();
    return state == MigrationState.PENDING
        || state == MigrationState.FAILED
        || state == MigrationState.IGNORED;
  }
}
