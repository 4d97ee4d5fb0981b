package dev.espalier.kg.benchmark;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Command-line options of the form {@code --name value}. */
record Arguments(Map<String, String> values) {

  Arguments {
    values = Map.copyOf(values);
  }

  static Arguments of(String[] args) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--") || i + 1 == args.length) {
        throw new IllegalArgumentException("expected --name value at: " + args[i]);
      }
      values.put(args[i].substring(2), args[i + 1]);
    }
    return new Arguments(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Optional<Path> path(String name) {
    return text(name).map(Path::of);
  }

  Path requiredPath(String name) {
    return path(name).orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
  }

  double number(String name, double otherwise) {
    return text(name).map(Double::parseDouble).orElse(otherwise);
  }

  int integer(String name, int otherwise) {
    return text(name).map(Integer::parseInt).orElse(otherwise);
  }
}
