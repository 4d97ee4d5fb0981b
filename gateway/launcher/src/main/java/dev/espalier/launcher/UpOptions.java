package dev.espalier.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to bring the stack up.
 *
 * @param dataDirectory holds the embedded database and the secrets
 * @param servicePorts the port of each service by its name
 * @param external the database of somebody else, in place of the embedded one
 * @param apiKey the key to accept, in place of the generated one
 */
record UpOptions(
    Path dataDirectory,
    Map<String, Integer> servicePorts,
    int databasePort,
    @Nullable DatabaseAccess external,
    @Nullable String apiKey) {

  static final int DATABASE_PORT = 8085;

  UpOptions {
    servicePorts = Map.copyOf(servicePorts);
  }

  /**
   * Reads the options of {@code up}; what is not given comes from the environment.
   *
   * @throws LaunchException if an option is unknown or has no proper value
   */
  static UpOptions parse(List<String> commandLine, Map<String, String> environment) {
    Set<String> known =
        new HashSet<>(
            Set.of(
                "--data-dir",
                "--database-port",
                "--database-url",
                "--database-user",
                "--database-password",
                ServiceSpec.GATEWAY.portOption()));
    ServiceSpec.BEHIND_GATEWAY.forEach(service -> known.add(service.portOption()));
    Arguments arguments = Arguments.parse(commandLine, known);

    Map<String, Integer> ports = new HashMap<>();
    ServiceSpec.BEHIND_GATEWAY.forEach(
        service -> ports.put(service.name(), port(arguments, service)));
    ports.put(ServiceSpec.GATEWAY.name(), port(arguments, ServiceSpec.GATEWAY));
    return new UpOptions(
        dataDirectory(arguments),
        ports,
        arguments.port("--database-port", DATABASE_PORT),
        external(arguments, environment),
        environment.get("ESPALIER_API_KEY"));
  }

  static Path dataDirectory(Arguments arguments) {
    String directory = arguments.text("--data-dir");
    return directory == null ? Directories.data() : Path.of(directory).toAbsolutePath();
  }

  int port(ServiceSpec service) {
    Integer port = servicePorts.get(service.name());
    return port == null ? service.port() : port;
  }

  private static int port(Arguments arguments, ServiceSpec service) {
    return arguments.port(service.portOption(), service.port());
  }

  private static @Nullable DatabaseAccess external(
      Arguments arguments, Map<String, String> environment) {
    String url = configured(arguments, environment, "url");
    if (url == null) {
      return null;
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new LaunchException("--database-url starts with jdbc:postgresql:");
    }
    String user = configured(arguments, environment, "user");
    String password = configured(arguments, environment, "password");
    if (user == null || password == null) {
      throw new LaunchException("--database-url needs --database-user and a password");
    }
    return new DatabaseAccess(url, user, password);
  }

  private static @Nullable String configured(
      Arguments arguments, Map<String, String> environment, String part) {
    String given = arguments.text("--database-" + part);
    return given != null
        ? given
        : environment.get("ESPALIER_DATABASE_" + part.toUpperCase(Locale.ROOT));
  }
}
