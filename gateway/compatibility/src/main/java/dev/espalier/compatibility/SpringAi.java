package dev.espalier.compatibility;

import static dev.espalier.compatibility.Checks.expect;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;

/** Spring AI, which sends bodies in chunks. */
final class SpringAi {

  private static final String CLIENT = "org.springframework.ai:spring-ai-openai";

  private SpringAi() {}

  static void run(Checks checks, URI gateway, String key) {
    OpenAiApi api = OpenAiApi.builder().baseUrl(gateway.toString()).apiKey(key).build();
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .openAiApi(api)
            .defaultOptions(OpenAiChatOptions.builder().model("scripted").build())
            .build();
    checks.check(CLIENT, "chat", () -> chat(model));
    checks.check(CLIENT, "chat, streamed", () -> stream(model));
    checks.check(CLIENT, "embeddings", () -> embed(api));
  }

  private static void chat(OpenAiChatModel model) {
    String text = model.call("Say something.");
    expect("This is scripted.".equals(text), text);
  }

  private static void embed(OpenAiApi api) {
    float[] vector =
        new OpenAiEmbeddingModel(
                api,
                MetadataMode.EMBED,
                OpenAiEmbeddingOptions.builder().model("e5-small-v2").build())
            .embed("tea");
    expect(vector.length == 384, vector.length);
  }

  private static void stream(OpenAiChatModel model) {
    List<ChatResponse> pieces =
        model.stream(new Prompt("Say something.")).collectList().block(Duration.ofSeconds(60));
    String text =
        pieces == null
            ? ""
            : pieces.stream()
                .filter(piece -> piece.getResult() != null)
                .map(piece -> piece.getResult().getOutput().getText())
                .filter(piece -> piece != null)
                .collect(Collectors.joining());
    expect(text.equals("This is scripted."), text);
  }
}
