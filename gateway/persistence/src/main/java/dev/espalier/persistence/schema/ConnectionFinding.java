package dev.espalier.persistence.schema;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a refused connection means, and whether waiting may help. */
final class ConnectionFinding {

  private ConnectionFinding() {}

  static Finding of(Target target, SQLException failure) {
    @Nullable String state = failure.getSQLState();
    String said = String.valueOf(failure.getMessage());
    return switch (state == null ? "" : state) {
      case "28P01", "28000" ->
          Finding.fatal(
              "database.refused",
              "the server refused " + target.user() + ": " + said,
              "Check the user and the password in the secret, and the server's pg_hba.conf.");
      case "3D000" ->
          Finding.fatal(
              "database.missing",
              said,
              "Create it as an administrator, owned by whom you like: CREATE DATABASE ...;");
      case "42501" ->
          Finding.fatal(
              "database.not_permitted",
              said,
              "As an administrator: GRANT CONNECT ON DATABASE ... TO " + target.user() + ";");
      default ->
          Finding.fatal(
              "database.unreachable",
              "no connection to " + target.url() + ": " + said,
              "Check host, port and TLS mode, and that a network policy or firewall lets this pod"
                  + " through.");
    };
  }

  /** Whether it is the network or a server that starts, and not a mistake. */
  static boolean mayPass(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
  }
}
