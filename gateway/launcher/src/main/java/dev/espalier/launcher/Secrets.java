package dev.espalier.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Generated secrets, each in a file of its own that only its owner can read. */
final class Secrets {

  private static final int SECRET_BYTES = 24;

  private final Path directory;
  private final SecureRandom random;

  Secrets(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** The secret of this name: the stored one, or 192 fresh random bits behind {@code prefix}. */
  String secret(String name, String prefix) {
    Path file = file(name);
    try {
      Directories.createOwnerOnly(directory);
      if (!Files.exists(file)) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        write(file, prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep a secret in " + file, e);
    }
  }

  private static void write(Path file, String secret) throws IOException {
    try {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
      Files.writeString(file, secret + "\n");
    } catch (FileAlreadyExistsException e) {
      // Somebody else was first, and that secret counts.
    }
  }
}
