package dev.espalier.persistence.schema;

import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * The service's image run for its schema alone, without the service:
 *
 * <ul>
 *   <li>{@code check} says what the database lacks, and changes nothing
 *   <li>{@code migrate} waits for the server, checks, and brings the schema to the version that the
 *       service expects
 *   <li>{@code await} returns when the schema has that version
 * </ul>
 *
 * <p>It reads {@code QUARKUS_DATASOURCE_*} and {@code QUARKUS_FLYWAY_SCHEMAS} like the service.
 * Exit status: 0 done, 1 failed, 2 called in a wrong way.
 */
public final class SchemaCommand {

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Target target;
  private final PrintStream out;
  private final Duration patience;

  SchemaCommand(Target target, PrintStream out, Duration patience) {
    this.target = target;
    this.out = out;
    this.patience = patience;
  }

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv(), System.out, PATIENCE));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, Duration patience) {
    if (arguments.size() != 1 || !List.of("check", "migrate", "await").contains(arguments.get(0))) {
      out.println("usage: check | migrate | await");
      return 2;
    }
    try {
      SchemaCommand command = new SchemaCommand(Target.of(environment), out, patience);
      boolean isDone =
          switch (arguments.get(0)) {
            case "check" -> command.check();
            case "migrate" -> command.migrate();
            default -> command.await();
          };
      return isDone ? 0 : 1;
    } catch (IllegalArgumentException e) {
      out.println("FAILED configuration: " + e.getMessage());
      return 2;
    }
  }

  private boolean check() {
    List<Finding> findings = new Preflight(target).findings();
    findings.forEach(out::println);
    boolean isFine = findings.stream().noneMatch(Finding::isFatal);
    out.println(isFine ? "checked " + target : "Nothing was changed.");
    return isFine;
  }

  private boolean migrate() {
    awaitServer();
    if (!check()) {
      return false;
    }
    Flyway migrations = target.migrations();
    try {
      MigrateResult result = migrations.migrate();
      out.printf(
          "migrated %s: %d migrations in %d ms, version %s%n",
          target,
          result.migrationsExecuted,
          result.getTotalMigrationTime(),
          result.targetSchemaVersion == null
              ? result.initialSchemaVersion
              : result.targetSchemaVersion);
      return true;
    } catch (FlywayException e) {
      out.printf(
          "FAILED database.migration: %s%n"
              + "  A failed migration was rolled back; pods of the version before go on serving.%n",
          e.getMessage());
      return false;
    }
  }

  /** A server may start together with us; what waiting does not help is left to the check. */
  private void awaitServer() {
    long end = System.nanoTime() + patience.toNanos();
    boolean isFirst = true;
    while (System.nanoTime() < end) {
      try {
        target.connect().close();
        return;
      } catch (SQLException e) {
        if (!ConnectionFinding.mayPass(e)) {
          return;
        }
        if (isFirst) {
          out.println("waiting for the server: " + e.getMessage());
          isFirst = false;
        }
        LockSupport.parkNanos(STEP.toNanos());
      }
    }
  }

  private boolean await() {
    long end = System.nanoTime() + patience.toNanos();
    String said = "";
    while (true) {
      String lack = lack();
      if (lack.isEmpty()) {
        out.println("ready: " + target);
        return true;
      }
      if (!lack.equals(said)) {
        out.println("waiting: " + lack);
        said = lack;
      }
      if (System.nanoTime() > end) {
        out.println("FAILED after " + patience.toSeconds() + " s: " + lack);
        return false;
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  /** Why the service could not work now; empty when it could. */
  private String lack() {
    try {
      target.connect().close();
      List<String> missing = new SchemaVersion(target.migrations()).missing();
      return missing.isEmpty()
          ? ""
          : "the schema " + target.schema() + " lacks the migrations " + String.join(", ", missing);
    } catch (SQLException e) {
      return ConnectionFinding.of(target, e).toString();
    } catch (FlywayException e) {
      return "the schema cannot be read: " + e.getMessage();
    }
  }
}
