package dev.espalier.helm.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The version after a build: the same with one migration more, which the version before can bear.
 */
final class NextBuild {

  /** Folders of a class path are found by their own entries. */
  private static final List<String> FOLDERS = List.of("db/", "db/migration/");

  private static final String MIGRATION = "db/migration/V9000__rehearsal.sql";
  private static final String SQL = "ALTER TABLE conversation ADD COLUMN rehearsal text;\n";

  private NextBuild() {}

  static Path of(Path app, Path target) {
    try (Stream<Path> files = Files.walk(app)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(app.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
      Path jar = target.resolve("lib/main/next.jar");
      try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
        for (String folder : FOLDERS) {
          out.putNextEntry(new JarEntry(folder));
        }
        out.putNextEntry(new JarEntry(MIGRATION));
        out.write(SQL.getBytes(UTF_8));
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
