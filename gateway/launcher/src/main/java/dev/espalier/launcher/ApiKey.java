package dev.espalier.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The key of the local stack: configured, or generated once and kept beside the data. */
record ApiKey(String value) {

  /**
   * The key to accept.
   *
   * @throws LaunchException if the configured key cannot stand in a header
   */
  static ApiKey of(@Nullable String configured, Path dataDirectory) {
    if (configured != null && !configured.isBlank()) {
      if (!configured.chars().allMatch(c -> c > ' ' && c < 127)) {
        throw new LaunchException("ESPALIER_API_KEY holds a space or a character beyond ASCII");
      }
      return new ApiKey(configured);
    }
    var secrets = new Secrets(dataDirectory.resolve("secrets"), new SecureRandom());
    return new ApiKey(secrets.secret("api-key", "esp_"));
  }

  /** The key with which our own services call the gateway; nobody else is told it. */
  static ApiKey internal(Path dataDirectory) {
    var secrets = new Secrets(dataDirectory.resolve("secrets"), new SecureRandom());
    return new ApiKey(secrets.secret("internal-key", "esp_"));
  }

  /** What the gateway is told instead of the key. */
  String sha256() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Without the key, because this may be logged. */
  @Override
  public String toString() {
    return "ApiKey";
  }
}
