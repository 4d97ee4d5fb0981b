package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class ScriptedLlmTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void answersWithADocument() throws Exception {
    try (ScriptedLlm llm = new ScriptedLlm()) {
      llm.answer("two words");

      JsonNode answer = JSON.readTree(ask(llm, false).body());

      assertEquals(
          "two words", answer.path("choices").path(0).path("message").path("content").asText());
      assertEquals(3, answer.path("usage").path("prompt_tokens").asInt());
      assertEquals(2, answer.path("usage").path("completion_tokens").asInt());
    }
  }

  @Test
  void answersWithAStreamWhenAsked() throws Exception {
    try (ScriptedLlm llm = new ScriptedLlm()) {
      llm.answer("two words");

      StringBuilder content = new StringBuilder();
      String stream = ask(llm, true).body();
      for (String event : stream.split("\n\n")) {
        String data = event.substring("data: ".length());
        if (!data.equals("[DONE]")) {
          JsonNode delta = JSON.readTree(data).path("choices").path(0).path("delta");
          content.append(delta.path("content").asText());
        }
      }

      assertEquals("two words", content.toString());
      assertTrue(stream.endsWith("data: [DONE]\n\n"));
    }
  }

  @Test
  void refusesInTheErrorEnvelope() throws Exception {
    try (ScriptedLlm llm = new ScriptedLlm()) {
      llm.refuse(429, "slow down");

      HttpResponse<String> refusal = ask(llm, false);

      assertEquals(429, refusal.statusCode());
      assertEquals(
          "slow down", JSON.readTree(refusal.body()).path("error").path("message").asText());
    }
  }

  private static HttpResponse<String> ask(ScriptedLlm llm, boolean isStreamed)
      throws IOException, InterruptedException {
    String body =
        """
        {"model": "m", "stream": %s, "messages": [{"role": "user", "content": "say two words"}]}
        """
            .formatted(isStreamed);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(llm.baseUri() + "/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
