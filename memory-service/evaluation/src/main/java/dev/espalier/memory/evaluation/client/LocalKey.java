package dev.espalier.memory.evaluation.client;

import dev.espalier.measuring.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key of the local stack: given, in the environment, or where {@code up} keeps it. */
public final class LocalKey {

  private LocalKey() {}

  /**
   * Finds the key.
   *
   * @param dataDirectory what {@code up} was given as {@code --data-dir}, if anything
   * @throws CommandException if there is none
   */
  public static String find(
      @Nullable String given, @Nullable String dataDirectory, Map<String, String> environment) {
    String configured = given == null ? environment.getOrDefault("ESPALIER_API_KEY", "") : given;
    if (!configured.isBlank()) {
      return configured;
    }
    Path file = data(dataDirectory, environment).resolve("secrets").resolve("api-key");
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandException(
          "no API key in " + file + "; give --key, ESPALIER_API_KEY or --data-dir", e);
    }
  }

  /** Where {@code up} keeps its data. */
  static Path data(@Nullable String dataDirectory, Map<String, String> environment) {
    return dataDirectory == null ? defaultData(environment) : Path.of(dataDirectory);
  }

  private static Path defaultData(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base =
        configured.isBlank()
            ? Path.of(
                environment.getOrDefault("HOME", System.getProperty("user.home")), ".local/share")
            : Path.of(configured);
    return base.resolve("espalier");
  }
}
