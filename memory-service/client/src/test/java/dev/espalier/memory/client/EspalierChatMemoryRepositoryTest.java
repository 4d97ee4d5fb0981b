package dev.espalier.memory.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;

class EspalierChatMemoryRepositoryTest {

  private final FakeMemoryService service = new FakeMemoryService();
  private final EspalierChatMemoryRepository repository =
      new EspalierChatMemoryRepository(service.client());

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void givesBackTheListAndKeepsTheHistory() {
    Message system = new SystemMessage("Be kind.");
    Message question = new UserMessage("a");
    Message answer = new AssistantMessage("b");
    repository.saveAll("m", List.of(system, question, answer));
    repository.saveAll("m", List.of(system, answer));

    assertEquals(List.of(system, answer), repository.findByConversationId("m"));
    assertEquals(List.of("Be kind.", "a", "b"), service.everythingSaid());
  }

  @Test
  void listsTheMemoriesThatShowSomething() {
    repository.saveAll("a/b?c", List.of(new UserMessage("x")));
    repository.saveAll("gone", List.of(new UserMessage("y")));

    repository.deleteByConversationId("gone");

    assertEquals(List.of("a/b?c"), repository.findConversationIds());
    assertEquals(List.of(), repository.findByConversationId("gone"));
  }
}
