package dev.espalier.gateway.core.memories;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be different about a memory; what is null stays. */
public record Change(
    @Nullable String text,
    @Nullable Map<String, Object> metadata,
    @Nullable LocalDate expiresAfter,
    @Nullable String feedback) {

  public static Change ofText(String text) {
    return new Change(text, null, null, null);
  }
}
