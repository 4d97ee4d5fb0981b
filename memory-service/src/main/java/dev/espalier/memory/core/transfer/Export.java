package dev.espalier.memory.core.transfer;

import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reads whole conversations, a page at a time, so that neither memory nor a transaction grows with
 * them. What is appended meanwhile is left out; what is erased meanwhile is exported as erased.
 */
public final class Export {

  private static final int PAGE = 500;
  private static final int CONVERSATIONS = 100;

  private final UnitOfWork work;
  private final ConversationStore conversations;
  private final TurnStore turns;

  public Export(UnitOfWork work, ConversationStore conversations, TurnStore turns) {
    this.work = work;
    this.conversations = conversations;
    this.turns = turns;
  }

  /**
   * @throws MemoryException {@code memory.conversation_not_found}
   */
  public Conversation find(Scope scope, UUID conversation) {
    return work.in(scope, () -> conversations.find(conversation))
        .orElseThrow(MemoryException::conversationNotFound);
  }

  /** All conversations about a subject, newest first. */
  public List<Conversation> about(Scope scope, String subject) {
    List<Conversation> all = new ArrayList<>();
    List<Conversation> page;
    do {
      ConversationStore.Position after = all.isEmpty() ? null : position(all.get(all.size() - 1));
      page = work.in(scope, () -> conversations.page(after, subject, CONVERSATIONS));
      all.addAll(page);
    } while (page.size() == CONVERSATIONS);
    return all;
  }

  /**
   * Hands over a conversation with its turns as of now.
   *
   * @param scope gives each page its time
   * @throws MemoryException {@code memory.conversation_not_found} when it goes meanwhile
   */
  public void write(Supplier<Scope> scope, Conversation conversation, Sink sink) {
    sink.begin(conversation);
    long seq = 0;
    while (seq < conversation.lastSeq()) {
      long after = seq;
      List<Turn> page = work.in(scope.get(), () -> turns.after(conversation.id(), after, PAGE));
      if (page.isEmpty()) {
        throw MemoryException.conversationNotFound();
      }
      for (Turn turn : page) {
        if (turn.seq() <= conversation.lastSeq()) {
          sink.turn(turn);
        }
      }
      seq = page.get(page.size() - 1).seq();
    }
    sink.end(conversation.lastSeq());
  }

  private static ConversationStore.Position position(Conversation last) {
    return new ConversationStore.Position(last.createdAt(), last.id());
  }

  /** Takes what is exported, in order. */
  public interface Sink {

    void begin(Conversation conversation);

    void turn(Turn turn);

    /** The conversation is complete. */
    void end(long turns);
  }
}
