package dev.espalier.gateway.core.memories;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A memory in its latest version.
 *
 * @param seq of the turn that holds this version
 * @param role of who said it
 * @param metadata the client's own
 * @param expiresAfter the last day on which it is shown, or null
 * @param feedback what the client said about it, or null
 * @param earlier the versions before, oldest first; the oldest of many are left out
 */
public record Memory(
    MemoryId id,
    long seq,
    String role,
    String text,
    Entities entities,
    Map<String, Object> metadata,
    List<String> categories,
    @Nullable LocalDate expiresAfter,
    @Nullable String feedback,
    Instant createdAt,
    Instant updatedAt,
    List<Version> earlier) {

  private static final int MAX_EARLIER = 20;
  private static final int MAX_EARLIER_CHARACTERS = 6_000;

  /** A text that was replaced. */
  public record Version(String text, Instant at) {}

  public Memory {
    metadata = Map.copyOf(withoutNulls(metadata));
    categories = List.copyOf(categories);
    earlier = List.copyOf(earlier);
  }

  public boolean isExpired(LocalDate today) {
    return expiresAfter != null && today.isAfter(expiresAfter);
  }

  /** The versions before the next one: these and the present, as many as are kept. */
  public List<Version> earlierWithThis() {
    List<Version> all = new ArrayList<>(earlier);
    all.add(new Version(text, updatedAt));
    while (all.size() > 1
        && (all.size() > MAX_EARLIER
            || all.stream().mapToInt(version -> version.text().length()).sum()
                > MAX_EARLIER_CHARACTERS)) {
      all.remove(0);
    }
    return all.get(0).text().length() > MAX_EARLIER_CHARACTERS ? List.of() : all;
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> metadata) {
    Map<String, Object> there = new LinkedHashMap<>(metadata);
    there.values().removeIf(value -> value == null);
    return there;
  }
}
