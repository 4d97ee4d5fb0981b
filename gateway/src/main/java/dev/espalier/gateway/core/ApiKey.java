package dev.espalier.gateway.core;

import dev.espalier.protocol.RequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A key as we keep it: its hash, never the key.
 *
 * @param name what the operator calls the key
 * @param sha256 64 hexadecimal digits of the SHA-256 of the key's UTF-8 bytes
 * @param tenant whose requests the key lets in
 */
public record ApiKey(String name, String sha256, String tenant) {

  private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");

  public ApiKey {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("the hash is not 64 hexadecimal digits");
    }
    if (!RequestContext.isTenant(tenant)) {
      throw new IllegalArgumentException("not a tenant: " + tenant);
    }
  }

  byte[] hash() {
    return HexFormat.of().parseHex(sha256);
  }

  static byte[] hashOf(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
