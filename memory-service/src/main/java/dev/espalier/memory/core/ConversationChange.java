package dev.espalier.memory.core;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A partial update: only the members named in {@code changed} take their new value, which may be
 * null.
 */
public record ConversationChange(
    Set<Member> changed,
    @Nullable String title,
    @Nullable String subject,
    @Nullable Map<String, Object> metadata) {

  /** What of a conversation can be changed. */
  public enum Member {
    TITLE,
    SUBJECT,
    METADATA
  }
}
