package dev.espalier.memory.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EspalierChatMemoryStoreTest {

  private final FakeMemoryService service = new FakeMemoryService();
  private final EspalierChatMemoryStore store = new EspalierChatMemoryStore(service.client());

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void keepsWhatAMovingWindowLeavesOut() {
    write(SystemMessage.from("Be kind."), UserMessage.from("a"), AiMessage.from("b"));
    write(SystemMessage.from("Be kind."), AiMessage.from("b"), UserMessage.from("c"));

    assertEquals(
        List.of(SystemMessage.from("Be kind."), AiMessage.from("b"), UserMessage.from("c")),
        store.getMessages("m"));
    assertEquals(List.of("Be kind.", "a", "b", "c"), service.everythingSaid());
  }

  @Test
  void appendsNothingForAListThatIsWrittenAgain() {
    write(UserMessage.from("ok"), AiMessage.from("ok"), UserMessage.from("ok"));
    write(UserMessage.from("ok"), AiMessage.from("ok"), UserMessage.from("ok"));

    assertEquals(3, service.everythingSaid().size());
  }

  @Test
  void showsAListThatWasRewrittenAndKeepsTheOldOne() {
    write(UserMessage.from("a"), AiMessage.from("b"));
    write(SystemMessage.from("They said a and b."));

    assertEquals(List.of(SystemMessage.from("They said a and b.")), store.getMessages("m"));
    assertEquals(List.of("a", "b", "They said a and b."), service.everythingSaid());
  }

  @Test
  void givesBackToolMessagesAsTheyWere() {
    ToolExecutionRequest request =
        ToolExecutionRequest.builder().id("1").name("clock").arguments("{}").build();
    List<ChatMessage> messages =
        List.of(
            UserMessage.from("Ana", "What time is it?"),
            AiMessage.from(request),
            ToolExecutionResultMessage.from(request, "12:00"),
            AiMessage.from("Noon."));

    store.updateMessages("m", messages);

    assertEquals(messages, store.getMessages("m"));
  }

  @Test
  void losesNothingToAnotherWriter() {
    write(UserMessage.from("a"));
    service.interrupt("in between");
    write(UserMessage.from("a"), AiMessage.from("b"));

    assertEquals(List.of("a", "in between", "b"), service.everythingSaid());
    assertEquals(List.of(UserMessage.from("a"), AiMessage.from("b")), store.getMessages("m"));
  }

  @Test
  void emptiesTheListAndKeepsTheHistory() {
    write(UserMessage.from("a"));

    store.deleteMessages("m");

    assertEquals(List.of(), store.getMessages("m"));
    assertEquals(List.of("a"), service.everythingSaid());
    assertEquals(List.of(), store.getMessages("nobody's"));
  }

  @Test
  void saysSoWhenTheServiceIsAway() {
    MemoryHttp nowhere =
        new MemoryHttp(URI.create("http://127.0.0.1:1"), "key", Duration.ofSeconds(1));

    EspalierException failure =
        assertThrows(
            EspalierException.class, () -> new EspalierChatMemoryStore(nowhere).getMessages("m"));

    assertEquals("client.unreachable", failure.code());
  }

  private void write(ChatMessage... messages) {
    store.updateMessages("m", List.of(messages));
  }
}
