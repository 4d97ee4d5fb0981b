package dev.espalier.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The value sets in {@code helm/ci}. */
final class ValueSets {

  private ValueSets() {}

  static List<Path> all() {
    try (Stream<Path> files = Files.list(Chart.FOLDER.resolve("ci"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path of(String name) {
    return Chart.FOLDER.resolve("ci/" + name + ".yaml");
  }
}
