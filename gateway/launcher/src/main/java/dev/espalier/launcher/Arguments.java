package dev.espalier.launcher;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of a command line, each {@code --name value} or {@code --name=value}. */
record Arguments(Map<String, String> values) {

  private static final int MAX_PORT = 65_535;

  Arguments {
    values = Map.copyOf(values);
  }

  /**
   * Reads options.
   *
   * @param known the names that are allowed, with their dashes
   * @throws LaunchException if one is unknown or has no value
   */
  static Arguments parse(List<String> arguments, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String[] parts = arguments.get(i).split("=", 2);
      if (!known.contains(parts[0])) {
        throw new LaunchException("unknown option " + parts[0] + "; --help lists them all");
      }
      boolean isValueNext = parts.length == 1;
      if (isValueNext && i + 1 == arguments.size()) {
        throw new LaunchException(parts[0] + " needs a value");
      }
      values.put(parts[0], isValueNext ? arguments.get(++i) : parts[1]);
    }
    return new Arguments(values);
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  int port(String name, int fallback) {
    String text = values.get(name);
    if (text == null) {
      return fallback;
    }
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a number that is out of range.
    }
    throw new LaunchException(name + " needs a port between 1 and 65535, not " + text);
  }
}
