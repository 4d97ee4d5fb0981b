package dev.espalier.compatibility;

import static dev.espalier.compatibility.Checks.expect;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** LangChain4j, which asks for h2c with every request. */
final class LangChain {

  private static final String CLIENT = "dev.langchain4j:langchain4j-open-ai";

  private LangChain() {}

  static void run(Checks checks, URI gateway, String key) {
    String base = gateway.resolve("/v1").toString();
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(base)
            .apiKey(key)
            .modelName("scripted")
            .maxRetries(0)
            .build();
    checks.check(
        CLIENT,
        "chat",
        () -> expect(model.chat("Say something.").equals("This is scripted."), "another answer"));
    checks.check(CLIENT, "tools", () -> tools(model));
    checks.check(CLIENT, "embeddings", () -> embed(base, key));
    checks.check(
        CLIENT,
        "chat, streamed",
        () ->
            stream(
                OpenAiStreamingChatModel.builder()
                    .baseUrl(base)
                    .apiKey(key)
                    .modelName("scripted")
                    .build()));
  }

  private static void embed(String base, String key) {
    int dimensions =
        OpenAiEmbeddingModel.builder()
            .baseUrl(base)
            .apiKey(key)
            .modelName("e5-small-v2")
            .maxRetries(0)
            .build()
            .embed("tea")
            .content()
            .dimension();
    expect(dimensions == 384, dimensions);
  }

  private static void tools(OpenAiChatModel model) {
    ToolSpecification weather =
        ToolSpecification.builder()
            .name("weather")
            .parameters(
                JsonObjectSchema.builder().addStringProperty("city").required("city").build())
            .build();
    ChatResponse answer =
        model.chat(
            ChatRequest.builder()
                .messages(UserMessage.from("call the tool"))
                .toolSpecifications(weather)
                .build());
    String arguments = answer.aiMessage().toolExecutionRequests().get(0).arguments();
    expect(arguments.contains("Ghent"), answer);
  }

  private static void stream(OpenAiStreamingChatModel model) throws Exception {
    CompletableFuture<String> text = new CompletableFuture<>();
    model.chat(
        "Say something.",
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            text.complete(response.aiMessage().text());
          }

          @Override
          public void onError(Throwable error) {
            text.completeExceptionally(error);
          }
        });
    String said = text.get(60, TimeUnit.SECONDS);
    expect(said.equals("This is scripted."), said);
  }
}
