package dev.espalier.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL unpacked from the class path into the cache, once per build of it.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path home) {

  /**
   * Unpacks the binaries for this machine unless the cache has them.
   *
   * @throws LaunchException if there are none for this machine
   */
  static PostgresBinaries unpack(Path cache) {
    String archive = archiveName();
    URL resource = PostgresBinaries.class.getResource("/" + archive);
    if (resource == null) {
      throw new LaunchException(
          "no PostgreSQL for this machine (" + archive + "): set --database-url to use your own");
    }
    try {
      Path home = cache.resolve("postgresql-" + checksum(resource));
      if (!Files.isDirectory(home)) {
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "postgresql-unpack");
        try (InputStream stream = resource.openStream()) {
          unpack(stream, fresh);
        }
        moveUnlessThere(fresh, home);
      }
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack PostgreSQL into " + cache, e);
    }
  }

  String tool(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** Makes {@code CREATE EXTENSION vector} possible for servers that run from these binaries. */
  void add(PgVector extension) {
    try (Stream<Path> files = Files.list(extension.directory())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        boolean isLibrary = file.toString().endsWith(".so");
        Path folder = home.resolve(isLibrary ? "lib/postgresql" : "share/postgresql/extension");
        Path target = folder.resolve(file.getFileName().toString());
        if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
          Path fresh = Files.createTempFile(folder, "vector", ".new");
          Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
          Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot add pgvector to " + home, e);
    }
  }

  private static String archiveName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String system = os.contains("mac") ? "darwin" : os;
    boolean isArm = List.of("aarch64", "arm64").contains(System.getProperty("os.arch"));
    return "postgres-" + system + "-" + (isArm ? "arm_64" : "x86_64") + ".txz";
  }

  private static String checksum(URL resource) throws IOException {
    var connection = (JarURLConnection) resource.openConnection();
    return Long.toHexString(connection.getJarEntry().getCrc());
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    var tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path file = target.resolve(entry.getName()).normalize();
      if (!file.startsWith(target)) {
        throw new IOException("entry outside the archive: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(file);
        continue;
      }
      Files.createDirectories(file.resolveSibling("."));
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      } else {
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0 && !file.toFile().setExecutable(true, false)) {
          throw new IOException("cannot make executable: " + file);
        }
      }
    }
  }

  private static void moveUnlessThere(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      Directories.delete(fresh);
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }
}
