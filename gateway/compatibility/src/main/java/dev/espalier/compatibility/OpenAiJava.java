package dev.espalier.compatibility;

import static dev.espalier.compatibility.Checks.expect;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputText;
import java.net.URI;
import java.util.stream.Collectors;

/** OpenAI's own client for Java. */
final class OpenAiJava {

  private static final String CLIENT = "com.openai:openai-java";
  private static final ChatCompletionCreateParams ASKED =
      ChatCompletionCreateParams.builder()
          .model("scripted")
          .maxCompletionTokens(50)
          .addUserMessage("Say something.")
          .build();

  private OpenAiJava() {}

  static void run(Checks checks, URI gateway, String key) {
    OpenAIClient client = client(gateway, key);
    checks.check(CLIENT, "chat", () -> chat(client));
    checks.check(CLIENT, "chat, streamed", () -> stream(client));
    checks.check(CLIENT, "responses", () -> respond(client));
    checks.check(CLIENT, "embeddings, models", () -> embed(client));
    checks.check(CLIENT, "errors are its own", () -> refused(client(gateway, "wrong")));
    client.close();
  }

  private static OpenAIClient client(URI gateway, String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(gateway.resolve("/v1").toString())
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  private static void chat(OpenAIClient client) {
    ChatCompletion answer = client.chat().completions().create(ASKED);
    expect(
        answer.choices().get(0).message().content().orElse("").equals("This is scripted."), answer);
  }

  private static void stream(OpenAIClient client) {
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(ASKED)) {
      String text =
          chunks.stream()
              .flatMap(chunk -> chunk.choices().stream())
              .flatMap(choice -> choice.delta().content().stream())
              .collect(Collectors.joining());
      expect(text.equals("This is scripted."), text);
    }
  }

  private static void respond(OpenAIClient client) {
    Response response =
        client
            .responses()
            .create(
                ResponseCreateParams.builder().model("scripted").input("Say something.").build());
    String text =
        response.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .flatMap(content -> content.outputText().stream())
            .map(ResponseOutputText::text)
            .collect(Collectors.joining());
    expect(text.equals("This is scripted."), response);
  }

  private static void embed(OpenAIClient client) {
    CreateEmbeddingResponse vectors =
        client
            .embeddings()
            .create(EmbeddingCreateParams.builder().model("e5-small-v2").input("tea").build());
    expect(vectors.data().get(0).embedding().size() == 384, vectors);
    expect(
        client.models().list().data().stream().anyMatch(model -> model.id().equals("e5-small-v2")),
        "no such model");
  }

  private static void refused(OpenAIClient client) {
    try {
      client.chat().completions().create(ASKED);
    } catch (UnauthorizedException e) {
      return;
    }
    throw new AssertionError("not refused");
  }
}
