package dev.espalier.memory.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * Spring AI's chat memory in memory-service. As in its own repositories, a message is its type and
 * its text; the payload of tool messages is not kept.
 */
public final class EspalierChatMemoryRepository implements ChatMemoryRepository {

  private final MemoryHttp http;

  public EspalierChatMemoryRepository(MemoryHttp http) {
    this.http = http;
  }

  @Override
  public List<String> findConversationIds() {
    return ChatHistory.names(http);
  }

  @Override
  public List<Message> findByConversationId(String conversationId) {
    return history(conversationId).read().stream()
        .map(EspalierChatMemoryRepository::message)
        .toList();
  }

  @Override
  public void saveAll(String conversationId, List<Message> messages) {
    history(conversationId)
        .write(messages.stream().map(EspalierChatMemoryRepository::turn).toList());
  }

  /** Empties the list; the conversation stays until it is erased. */
  @Override
  public void deleteByConversationId(String conversationId) {
    history(conversationId).clear();
  }

  private ChatHistory history(String conversationId) {
    return new ChatHistory(http, conversationId);
  }

  private static ChatTurn turn(Message message) {
    @Nullable String text = message.getText();
    String role =
        switch (message.getMessageType()) {
          case SYSTEM -> "system";
          case USER -> "user";
          case ASSISTANT -> "assistant";
          case TOOL -> "tool";
        };
    return new ChatTurn(role, text == null || text.isEmpty() ? "(no text)" : text);
  }

  private static Message message(ChatTurn turn) {
    return switch (turn.role()) {
      case "system" -> new SystemMessage(turn.content());
      case "user" -> new UserMessage(turn.content());
      default -> new AssistantMessage(turn.content());
    };
  }
}
