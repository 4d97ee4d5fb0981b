package dev.espalier.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The command {@code demo}: a conversation is remembered, asked about, and turned into a block for
 * a prompt; a puzzle is searched; a graph is learned from and asked; all through the gateway of a
 * running stack.
 */
final class Tour {

  static final String HELP =
      """
      Options of demo:
        --url URL                the gateway (http://127.0.0.1:8080)
        --data-dir DIR           where up keeps the API key, unless ESPALIER_API_KEY is set
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final GatewayClient gateway;
  private final Console console;

  Tour(GatewayClient gateway, Console console) {
    this.gateway = gateway;
    this.console = console;
  }

  static Tour of(List<String> options, Map<String, String> environment, Console console) {
    Arguments arguments = Arguments.parse(options, Set.of("--url", "--data-dir"));
    String url = arguments.text("--url");
    ApiKey key = ApiKey.of(environment.get("ESPALIER_API_KEY"), UpOptions.dataDirectory(arguments));
    URI address = URI.create(url == null ? "http://127.0.0.1:8080" : url);
    return new Tour(new GatewayClient(address, key), console);
  }

  /**
   * Runs the tour.
   *
   * @throws LaunchException if the stack does not answer as it should
   */
  void run() {
    JsonNode conversation =
        gateway.post("/v1/conversations", JSON.createObjectNode().put("title", "Tour"));
    String path = "/v1/conversations/" + conversation.path("id").asText();
    console.say("1. A conversation: " + gateway.address() + path);

    ArrayNode turns = TourConversation.turns();
    JsonNode appended = gateway.post(path + "/turns", JSON.createObjectNode().set("turns", turns));
    long last = appended.path("last_seq").asLong();
    console.say("2. Appended turns %s to %d.".formatted(appended.path("first_seq"), last));

    ObjectNode question =
        JSON.createObjectNode().put("query", TourConversation.QUESTION).put("k", 3);
    JsonNode recalled = recallWhenEmbedded(path, question, last);
    console.say("3. Asked: " + TourConversation.QUESTION);
    for (JsonNode hit : recalled.path("hits")) {
      console.say(
          "   %.4f  #%d %s: %s"
              .formatted(
                  hit.path("score").asDouble(),
                  hit.path("seq").asLong(),
                  hit.path("speaker").asText(),
                  hit.path("text").asText()));
    }
    if (recalled.path("hits").isEmpty()) {
      throw new LaunchException("nothing was recalled");
    }

    ObjectNode prompt =
        JSON.createObjectNode().put("input", TourConversation.QUESTION).put("budget_tokens", 200);
    JsonNode context = gateway.post(path + "/context", prompt);
    JsonNode manifest = context.path("manifest");
    console.say(
        "4. A context block of %d of at most %d tokens:"
            .formatted(manifest.path("tokens_total").asInt(), manifest.path("budget").asInt()));
    for (JsonNode message : context.path("messages")) {
      String text = message.path("content").asText().replace("\n", "\n   ");
      console.say("   [" + message.path("role").asText() + "] " + text);
    }
    new SearchTour(gateway, console).run();
    new GraphTour(gateway, console).run();
  }

  /** Recalls until all turns are embedded, which happens after they were acknowledged. */
  private JsonNode recallWhenEmbedded(String path, ObjectNode question, long last) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode recalled = gateway.post(path + "/recall", question);
      boolean isEmbedded = recalled.path("index").path("embedded_through_seq").asLong() >= last;
      if (isEmbedded || System.nanoTime() > deadline) {
        return recalled;
      }
      GatewayClient.pause(PAUSE);
    }
  }
}
