package dev.espalier.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** As much of memory-service as a chat needs, over what is said to it. */
final class FakeMemory implements Function<ReceivedRequest, Reply> {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A conversation's stored turns. */
  record Conversation(String id, String tenant, String subject, List<JsonNode> turns) {}

  final Map<String, Conversation> conversations =
      Collections.synchronizedMap(new LinkedHashMap<>());

  /** What a context has before the input; by default the stored turns. */
  volatile List<Map<String, String>> context;

  @Override
  public Reply apply(ReceivedRequest request) {
    URI target = URI.create(request.target());
    String[] path = target.getPath().split("/");
    if (path.length == 3) {
      return request.method().equals("POST")
          ? create(request)
          : find(tenant(request), target.getQuery());
    }
    Conversation conversation = conversations.get(path[3]);
    if (conversation == null || !conversation.tenant().equals(tenant(request))) {
      return Reply.json(404, "{\"code\": \"memory.conversation_not_found\", \"status\": 404}");
    }
    if (path.length == 4) {
      return Reply.json(200, described(conversation).toString());
    }
    return switch (path[4]) {
      case "context" -> compose(conversation, request);
      case "turns" ->
          request.method().equals("POST")
              ? append(conversation, request)
              : read(conversation, target);
      default -> Reply.status(404);
    };
  }

  private Reply create(ReceivedRequest request) {
    Conversation conversation =
        new Conversation(
            UUID.randomUUID().toString(),
            tenant(request),
            GatewayClient.read(request.body()).path("subject").asText(),
            new CopyOnWriteArrayList<>());
    conversations.put(conversation.id(), conversation);
    return Reply.json(201, described(conversation).toString());
  }

  private Reply find(String tenant, String query) {
    String subject =
        URLDecoder.decode(query.replaceFirst(".*subject=", ""), StandardCharsets.UTF_8);
    ObjectNode page = JSON.createObjectNode();
    ArrayNode found = page.putArray("conversations");
    List<Conversation> newestFirst;
    synchronized (conversations) {
      newestFirst = new ArrayList<>(conversations.values());
    }
    Collections.reverse(newestFirst);
    newestFirst.stream()
        .filter(conversation -> conversation.tenant().equals(tenant))
        .filter(conversation -> conversation.subject().equals(subject))
        .forEach(conversation -> found.add(described(conversation)));
    return Reply.json(200, page.toString());
  }

  private Reply compose(Conversation conversation, ReceivedRequest request) {
    JsonNode asked = GatewayClient.read(request.body());
    ObjectNode composed = JSON.createObjectNode();
    ArrayNode messages = composed.putArray("messages");
    if (context != null) {
      context.forEach(
          message ->
              messages
                  .addObject()
                  .put("role", message.get("role"))
                  .put("content", message.get("content")));
    } else if (!asked.path("reserve").path("last_turns").asText().equals("0")) {
      conversation
          .turns()
          .forEach(
              turn ->
                  messages
                      .addObject()
                      .put("role", turn.path("role").asText())
                      .put("content", turn.path("content").asText()));
    }
    messages.addObject().put("role", "user").put("content", asked.path("input").asText());
    composed.putObject("manifest").put("tokens_total", 7);
    return Reply.json(200, composed.toString());
  }

  private Reply append(Conversation conversation, ReceivedRequest request) {
    for (JsonNode turn : GatewayClient.read(request.body()).path("turns")) {
      boolean isThere =
          conversation.turns().stream()
              .anyMatch(it -> it.path("client_turn_id").equals(turn.path("client_turn_id")));
      if (!isThere) {
        conversation.turns().add(turn);
      }
    }
    return Reply.json(201, "{\"last_seq\": " + conversation.turns().size() + "}");
  }

  private static Reply read(Conversation conversation, URI target) {
    int after = Integer.parseInt(target.getQuery().replaceFirst(".*after_seq=(\\d+).*", "$1"));
    return Reply.json(200, "{\"turns\": [" + conversation.turns().get(after) + "]}");
  }

  private static String tenant(ReceivedRequest request) {
    return request.header("X-Espalier-Tenant").orElseThrow();
  }

  private static ObjectNode described(Conversation conversation) {
    return JSON.createObjectNode()
        .put("id", conversation.id())
        .put("subject", conversation.subject());
  }
}
