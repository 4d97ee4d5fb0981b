package dev.espalier.memory.core.event;

import java.util.UUID;

/**
 * Tells whoever follows a conversation. Called inside a unit of work, with which it takes effect.
 */
public interface ConversationEvents {

  /** Appends to the conversation's events, which are numbered without gaps in commit order. */
  void publish(UUID conversation, ConversationEvent event);

  /**
   * Removes what was published of a conversation that goes, and leaves the one event that says so.
   *
   * @return how many events were removed
   */
  long end(UUID conversation);
}
