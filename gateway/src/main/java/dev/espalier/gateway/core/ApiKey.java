package dev.espalier.gateway.core;

import dev.espalier.gateway.core.access.KeyLimits;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.protocol.RequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A key that the configuration names, as we keep it: its hash, never the key.
 *
 * @param name what the operator calls the key
 * @param sha256 64 hexadecimal digits of the SHA-256 of the key's UTF-8 bytes
 * @param tenant whose requests the key lets in
 * @param scopes what it may use
 * @param limits how much it may use in a minute
 */
public record ApiKey(
    String name, String sha256, String tenant, Set<Scope> scopes, KeyLimits limits) {

  private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");

  public ApiKey {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256: is not 64 hexadecimal digits");
    }
    if (!RequestContext.isTenant(tenant)) {
      throw new IllegalArgumentException("tenant: is no name: " + tenant);
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("scopes: a key without any opens nothing");
    }
    scopes = Set.copyOf(scopes);
  }

  /** A key for all that clients may use, without limits. */
  public ApiKey(String name, String sha256, String tenant) {
    this(name, sha256, tenant, Scope.OF_CLIENTS, KeyLimits.NONE);
  }

  byte[] hash() {
    return HexFormat.of().parseHex(sha256);
  }

  /** The SHA-256 of a key's UTF-8 bytes. */
  public static byte[] hashOf(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
