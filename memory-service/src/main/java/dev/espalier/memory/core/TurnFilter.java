package dev.espalier.memory.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which turns a recall may return. Every part that is given must hold; empty sets and nulls allow
 * all.
 *
 * @param occurredFrom inclusive
 * @param occurredBefore exclusive
 * @param metadata members that a turn's metadata must contain, with equal values
 */
public record TurnFilter(
    Set<Role> roles,
    Set<String> speakers,
    @Nullable Long fromSeq,
    @Nullable Long toSeq,
    @Nullable Instant occurredFrom,
    @Nullable Instant occurredBefore,
    Map<String, Object> metadata) {

  public static final TurnFilter ALL =
      new TurnFilter(Set.of(), Set.of(), null, null, null, null, Map.of());

  public TurnFilter {
    roles = Set.copyOf(roles);
    speakers = Set.copyOf(speakers);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  public boolean isAll() {
    return equals(ALL);
  }
}
