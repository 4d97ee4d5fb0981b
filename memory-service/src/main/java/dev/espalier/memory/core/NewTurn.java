package dev.espalier.memory.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A turn as a client sends it, before it has a sequence number.
 *
 * @param speaker the name of who speaks, or null when the role says enough
 * @param occurredAt when it was said; null means when it was stored
 * @param clientTurnId the client's own id: the same id with the same turn is stored once
 */
public record NewTurn(
    Role role,
    @Nullable String speaker,
    String content,
    @Nullable Instant occurredAt,
    @Nullable String clientTurnId,
    Map<String, Object> metadata) {

  public NewTurn {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** What both indexes see. Without the speaker, evidence recall at 5 falls from 57 to 17 %. */
  public String indexedText() {
    return (speaker != null ? speaker : role.name().toLowerCase(Locale.ROOT)) + ": " + content;
  }
}
