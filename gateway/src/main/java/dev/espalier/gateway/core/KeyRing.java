package dev.espalier.gateway.core;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that open the gateway. An empty ring would let nobody in, so there is none. */
public final class KeyRing {

  /** What a configured key may use: all that clients may. */
  private static final Set<Scope> SCOPES =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Scope.INTERNAL)));

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
      entries.add(new Entry(key.hash(), new Caller(key.name(), key.tenant(), SCOPES)));
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
