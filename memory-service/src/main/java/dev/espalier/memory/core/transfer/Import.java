package dev.espalier.memory.core.transfer;

import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.NewTurn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.erasure.Eraser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores one conversation as a new one, inside a unit of work. What is derived from its turns is
 * made again by the same means as after an append.
 */
public final class Import {

  private static final int BATCH = 500;

  private final TurnStore turns;
  private final Eraser eraser;
  private final Conversation conversation;
  private final List<NewTurn> batch = new ArrayList<>();
  private final List<Long> redacted = new ArrayList<>();
  private long count;

  public Import(
      ConversationStore conversations,
      TurnStore turns,
      Eraser eraser,
      @Nullable String title,
      @Nullable String subject,
      Map<String, Object> metadata) {
    this.turns = turns;
    this.eraser = eraser;
    this.conversation = conversations.create(title, subject, metadata);
  }

  public UUID id() {
    return conversation.id();
  }

  /** How many turns were given. */
  public long turns() {
    return count;
  }

  /**
   * Takes the next turn.
   *
   * @param isRedacted whether only its place is kept
   */
  public void add(NewTurn turn, boolean isRedacted) {
    count++;
    batch.add(turn);
    if (isRedacted) {
      redacted.add(count);
    }
    if (batch.size() == BATCH) {
      store();
    }
  }

  /** The conversation is complete. */
  public void finish() {
    store();
    if (!redacted.isEmpty()) {
      eraser.redact(conversation.id(), redacted);
    }
  }

  private void store() {
    if (!batch.isEmpty()) {
      turns.append(conversation.id(), batch, null);
      batch.clear();
    }
  }
}
