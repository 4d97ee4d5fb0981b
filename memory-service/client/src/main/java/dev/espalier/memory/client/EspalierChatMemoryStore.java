package dev.espalier.memory.client;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LangChain4j's chat memory in memory-service. A window that moves on loses nothing there. */
public final class EspalierChatMemoryStore implements ChatMemoryStore {

  private final MemoryHttp http;

  public EspalierChatMemoryStore(MemoryHttp http) {
    this.http = http;
  }

  @Override
  public List<ChatMessage> getMessages(Object memoryId) {
    return history(memoryId).read().stream().map(EspalierChatMemoryStore::message).toList();
  }

  @Override
  public void updateMessages(Object memoryId, List<ChatMessage> messages) {
    history(memoryId).write(messages.stream().map(EspalierChatMemoryStore::turn).toList());
  }

  /** Empties the list; the conversation stays until it is erased. */
  @Override
  public void deleteMessages(Object memoryId) {
    history(memoryId).clear();
  }

  private ChatHistory history(Object memoryId) {
    return new ChatHistory(http, memoryId.toString());
  }

  /** Plain text goes as it is; whatever is more than that brings its whole form along. */
  private static ChatTurn turn(ChatMessage message) {
    ChatTurn plain =
        switch (message.type()) {
          case SYSTEM -> new ChatTurn("system", ((SystemMessage) message).text());
          case AI -> new ChatTurn("assistant", orPlaceholder(((AiMessage) message).text()));
          case TOOL_EXECUTION_RESULT ->
              new ChatTurn("tool", orPlaceholder(((ToolExecutionResultMessage) message).text()));
          default -> new ChatTurn("user", userText(message));
        };
    return message.equals(plainMessage(plain))
        ? plain
        : new ChatTurn(plain.role(), plain.content(), ChatMessageSerializer.messageToJson(message));
  }

  private static ChatMessage message(ChatTurn turn) {
    return turn.original().isEmpty()
        ? plainMessage(turn)
        : ChatMessageDeserializer.messageFromJson(turn.original());
  }

  private static ChatMessage plainMessage(ChatTurn turn) {
    return switch (turn.role()) {
      case "system" -> SystemMessage.from(turn.content());
      case "assistant" -> AiMessage.from(turn.content());
      default -> UserMessage.from(turn.content());
    };
  }

  private static String userText(ChatMessage message) {
    return message instanceof UserMessage user && user.hasSingleText()
        ? orPlaceholder(user.singleText())
        : "(a message that is not plain text)";
  }

  private static String orPlaceholder(@Nullable String text) {
    return text == null || text.isEmpty() ? "(no text)" : text;
  }
}
