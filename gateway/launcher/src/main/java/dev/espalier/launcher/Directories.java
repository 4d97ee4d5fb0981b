package dev.espalier.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders of the XDG base directory specification, and folders that only their owner enters.
 */
public final class Directories {

  private Directories() {}

  /** What can be made again: unpacked binaries and the built extension. */
  static Path cache() {
    return xdg("XDG_CACHE_HOME", ".cache");
  }

  /** What must be kept: the database and the secrets. */
  static Path data() {
    return xdg("XDG_DATA_HOME", ".local/share");
  }

  static void createOwnerOnly(Path directory) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(ownerOnly));
  }

  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }

  private static Path xdg(String variable, String fallback) {
    String configured = System.getenv(variable);
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    Path base =
        configured == null || configured.isBlank() ? Path.of(home, fallback) : Path.of(configured);
    return base.resolve("espalier").toAbsolutePath();
  }
}
