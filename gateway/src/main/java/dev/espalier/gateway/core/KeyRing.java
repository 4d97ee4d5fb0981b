package dev.espalier.gateway.core;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that open the gateway. An empty ring would let nobody in, so there is none. */
public final class KeyRing {

  private record Entry(byte[] hash, String tenant) {}

  private final List<Entry> entries = new ArrayList<>();

  public KeyRing(List<ApiKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key is configured");
    }
    for (ApiKey key : keys) {
      if (tenantOfHash(key.hash()).isPresent()) {
        throw new IllegalArgumentException("two keys have the same hash: " + key.name());
      }
      entries.add(new Entry(key.hash(), key.tenant()));
    }
  }

  /** The tenant whose key this is. Takes as long for a wrong key as for a right one. */
  public Optional<String> tenantOf(String presentedKey) {
    return tenantOfHash(ApiKey.hashOf(presentedKey));
  }

  private Optional<String> tenantOfHash(byte[] presented) {
    @Nullable String found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash, presented)) {
        found = entry.tenant;
      }
    }
    return Optional.ofNullable(found);
  }
}
