package dev.espalier.memory.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conversations as resources. Called inside a unit of work, which names the tenant. */
public interface ConversationStore {

  Conversation create(
      Scope scope, @Nullable String title, @Nullable String subject, Map<String, Object> metadata);

  Optional<Conversation> find(UUID id);

  /** A page, newest first, of the conversations that come after the position. */
  List<Conversation> page(@Nullable Position after, @Nullable String subject, int limit);

  /**
   * @param expectedVersion the version the writer saw; null when it does not matter
   * @throws MemoryException {@code memory.conversation_not_found}, {@code memory.version_conflict}
   */
  Conversation update(UUID id, ConversationChange change, @Nullable Long expectedVersion);

  /**
   * Removes the conversation with its turns and everything derived from them.
   *
   * @throws MemoryException {@code memory.conversation_not_found}
   */
  void delete(UUID id);

  /** A place in the list of conversations: just after this one. */
  record Position(Instant createdAt, UUID id) {}
}
