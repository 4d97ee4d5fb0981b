package dev.espalier.gateway.core.access;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that was made through the admin API, as we keep it: its hash, never the key.
 *
 * @param id which the key itself starts with, see {@link KeyText}
 * @param tenant whose requests it lets in
 * @param name what its owner calls it
 * @param hash the SHA-256 of the key
 * @param previous the secret before the last rotation, while it still opens
 * @param scopes what it may use
 * @param limits how much it may use in a minute
 * @param createdAt when it was made
 * @param expiresAt from when on it opens nothing, or null
 * @param revokedAt since when it opens nothing, or null
 */
public record ManagedKey(
    UUID id,
    String tenant,
    String name,
    byte[] hash,
    @Nullable Previous previous,
    Set<Scope> scopes,
    KeyLimits limits,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  /** A secret that was replaced, and until when it opens. */
  public record Previous(byte[] hash, Instant validUntil) {}

  public ManagedKey {
    scopes = Set.copyOf(scopes);
  }

  /** Whether a key with this hash opens now; compares in constant time. */
  boolean opens(byte[] presentedHash, Instant now) {
    boolean isCurrent = MessageDigest.isEqual(hash, presentedHash);
    boolean isPrevious =
        previous != null
            && MessageDigest.isEqual(previous.hash, presentedHash)
            && now.isBefore(previous.validUntil);
    return (isCurrent || isPrevious)
        && revokedAt == null
        && (expiresAt == null || now.isBefore(expiresAt));
  }

  Caller caller() {
    return new Caller(id.toString(), tenant, scopes, limits);
  }
}
