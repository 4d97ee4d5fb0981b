package dev.espalier.gateway.core;

import dev.espalier.gateway.core.access.Caller;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of the configuration. An empty ring would let nobody in, so there is none. */
public final class KeyRing {

  private record Entry(byte[] hash, Caller caller) {}

  private final List<Entry> entries = new ArrayList<>();

  public KeyRing(List<ApiKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key is configured");
    }
    for (ApiKey key : keys) {
      if (callerOfHash(key.hash()).isPresent()) {
        throw new IllegalArgumentException("two keys have the same hash: " + key.name());
      }
      entries.add(
          new Entry(key.hash(), new Caller(key.name(), key.tenant(), key.scopes(), key.limits())));
    }
  }

  /** Whose key this is. Takes as long for a wrong key as for a right one. */
  public Optional<Caller> callerOf(String presentedKey) {
    return callerOfHash(ApiKey.hashOf(presentedKey));
  }

  private Optional<Caller> callerOfHash(byte[] presented) {
    @Nullable Caller found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash, presented)) {
        found = entry.caller;
      }
    }
    return Optional.ofNullable(found);
  }
}
