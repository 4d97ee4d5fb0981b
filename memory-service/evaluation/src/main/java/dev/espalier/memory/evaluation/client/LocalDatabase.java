package dev.espalier.memory.evaluation.client;

import dev.espalier.measuring.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded database of the local stack, as its superuser. */
public final class LocalDatabase {

  private LocalDatabase() {}

  /**
   * Where to connect.
   *
   * @param given the port of the embedded database, or a JDBC address, which stays as it is
   * @param dataDirectory what {@code up} was given as {@code --data-dir}, if anything
   * @throws CommandException if the password is not where {@code up} keeps it
   */
  public static String jdbc(
      String given, @Nullable String dataDirectory, Map<String, String> environment) {
    if (!given.matches("\\d{1,5}")) {
      return given;
    }
    Path file =
        LocalKey.data(dataDirectory, environment).resolve("secrets").resolve("postgres-password");
    try {
      return "jdbc:postgresql://127.0.0.1:"
          + given
          + "/espalier?user=postgres&password="
          + Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandException("no password of the database in " + file, e);
    }
  }
}
