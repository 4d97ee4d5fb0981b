package dev.espalier.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The built extension, as {@code pgvector.sh} leaves it in the cache. */
record PgVector(Path directory) {

  private static final String NAME = "pgvector-0.8.0-pg17-";

  /** Finds it where {@code ESPALIER_PGVECTOR_DIR} says, else in the cache. */
  static Optional<PgVector> find(Path cache, Map<String, String> environment) {
    String configured = environment.get("ESPALIER_PGVECTOR_DIR");
    Path directory =
        configured == null ? cache.resolve(NAME + machine()) : Path.of(configured).toAbsolutePath();
    return Files.isRegularFile(directory.resolve("vector.so"))
            && Files.isRegularFile(directory.resolve("vector.control"))
        ? Optional.of(new PgVector(directory))
        : Optional.empty();
  }

  /** The machine as {@code uname -m} names it on Linux. */
  private static String machine() {
    String arch = System.getProperty("os.arch");
    return arch.equals("amd64") ? "x86_64" : arch;
  }
}
