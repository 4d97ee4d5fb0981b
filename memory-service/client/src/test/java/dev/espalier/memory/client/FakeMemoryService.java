package dev.espalier.memory.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of memory-service that the client uses, in memory and over HTTP. */
final class FakeMemoryService implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScriptedServer server = ScriptedServer.start();
  private final Map<String, ObjectNode> conversations = new LinkedHashMap<>();
  private final Map<String, List<ObjectNode>> turns = new LinkedHashMap<>();
  private String interloper = "";

  FakeMemoryService() {
    server.otherwise(this::answer);
  }

  MemoryHttp client() {
    return new MemoryHttp(server.uri(), "key", Duration.ofSeconds(5));
  }

  /** Somebody else's turn gets in before the next append. */
  void interrupt(String content) {
    interloper = content;
  }

  List<String> everythingSaid() {
    return turns.values().stream()
        .flatMap(List::stream)
        .map(turn -> turn.path("content").asText())
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized Reply answer(ReceivedRequest request) {
    URI uri = URI.create(request.target());
    String[] path = uri.getPath().split("/");
    String address = request.method() + " " + (path.length - 3);
    return switch (address) {
      case "GET 0" -> Reply.json(200, page(query(uri, "subject")).toString());
      case "POST 0" -> Reply.json(201, create(read(request.body())).toString());
      case "GET 1" -> Reply.json(200, conversations.get(path[3]).toString());
      case "PATCH 1" -> {
        conversations.get(path[3]).setAll((ObjectNode) read(request.body()));
        yield Reply.json(200, conversations.get(path[3]).toString());
      }
      case "GET 2" ->
          Reply.json(
              200,
              turnPage(
                      path[3],
                      Long.parseLong(query(uri, "after_seq")),
                      Long.parseLong(query(uri, "limit")))
                  .toString());
      case "POST 2" -> append(path[3], read(request.body()));
      default -> Reply.status(404);
    };
  }

  private ObjectNode page(String subject) {
    ObjectNode page = JSON.createObjectNode();
    ArrayNode listed = page.putArray("conversations");
    conversations.values().stream()
        .filter(c -> subject.isEmpty() || c.path("subject").asText().equals(subject))
        .forEach(listed::add);
    return page;
  }

  private ObjectNode create(JsonNode body) {
    String id = "c" + conversations.size();
    ObjectNode created = JSON.createObjectNode().put("id", id).put("last_seq", 0);
    created.set("subject", body.path("subject"));
    created.putObject("metadata");
    conversations.put(id, created);
    turns.put(id, new ArrayList<>());
    return created;
  }

  private ObjectNode turnPage(String id, long after, long limit) {
    ObjectNode page = JSON.createObjectNode();
    ArrayNode listed = page.putArray("turns");
    turns.get(id).stream()
        .filter(turn -> turn.path("seq").asLong() > after)
        .limit(limit)
        .forEach(listed::add);
    return page;
  }

  private Reply append(String id, JsonNode body) {
    if (!interloper.isEmpty()) {
      store(id, JSON.createObjectNode().put("role", "user").put("content", interloper));
      interloper = "";
    }
    if (body.path("expected_seq").asLong() != turns.get(id).size()) {
      return Reply.json(409, "{\"code\":\"memory.sequence_conflict\",\"detail\":\"late\"}");
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode seqs = answer.putArray("seqs");
    body.path("turns").forEach(turn -> seqs.add(store(id, ((ObjectNode) turn).deepCopy())));
    return Reply.json(201, answer.toString());
  }

  private long store(String id, ObjectNode turn) {
    long seq = turns.get(id).size() + 1L;
    turns.get(id).add(turn.put("seq", seq));
    conversations.get(id).put("last_seq", seq);
    return seq;
  }

  private static String query(URI uri, String name) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
