package dev.espalier.gateway.compat.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.protocol.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client posts, read strictly. Only the members that mean something here go on, each of the
 * type that it has to have; the protocol's server behind this takes both for granted.
 */
final class IncomingMessages {

  private static final Set<String> LISTS =
      Set.of("tools/list", "prompts/list", "resources/list", "resources/templates/list");

  private static final String NOTIFICATION = "notifications/";
  private static final int MAX_BATCH = 100;
  private static final int MAX_NAME = 200;

  private static final ObjectMapper JSON = strict();

  private IncomingMessages() {}

  /**
   * The message or the batch for the server, or null where nobody waits for an answer: the gateway
   * asks its clients nothing, so their responses are to nobody.
   */
  static @Nullable Buffer read(Buffer body) throws RefusedMessage {
    Object sent = parse(body);
    if (sent instanceof List<?> batch) {
      List<Object> messages = batch(batch);
      return messages.isEmpty() ? null : written(messages);
    }
    Map<String, Object> message = message(sent);
    return message == null ? null : written(message);
  }

  private static Buffer written(Object message) throws RefusedMessage {
    try {
      String text = JSON.writeValueAsString(message);
      if (!UTF_8.newEncoder().canEncode(text)) {
        throw invalid("a text has half a character");
      }
      return Buffer.buffer(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("what was read can be written", e);
    }
  }

  /** The method and the name of what it is about, of a single message. */
  static @Nullable JsonObject single(Buffer message) {
    return message.getByte(0) == '{' ? message.toJsonObject() : null;
  }

  private static Object parse(Buffer body) throws RefusedMessage {
    try {
      return JSON.readValue(body.getBytes(), Object.class);
    } catch (JsonProcessingException e) {
      throw new RefusedMessage(null, JsonRpcEnvelope.PARSE_ERROR, "the body is not well-formed");
    } catch (IOException e) {
      throw new AssertionError("bytes in memory can be read", e);
    }
  }

  private static List<Object> batch(List<?> sent) throws RefusedMessage {
    if (sent.isEmpty() || sent.size() > MAX_BATCH) {
      throw invalid("a batch has 1 to " + MAX_BATCH + " messages");
    }
    List<Object> messages = new ArrayList<>();
    for (Object one : sent) {
      Map<String, Object> message = message(one);
      if (message != null && "initialize".equals(message.get("method"))) {
        throw new RefusedMessage(
            message.get("id"), JsonRpcEnvelope.INVALID_REQUEST, "initialize is in no batch");
      }
      if (message != null) {
        messages.add(message);
      }
    }
    return messages;
  }

  private static @Nullable Map<String, Object> message(@Nullable Object sent)
      throws RefusedMessage {
    if (!(sent instanceof Map<?, ?> map) || !"2.0".equals(map.get("jsonrpc"))) {
      throw invalid("not a message of JSON-RPC 2.0");
    }
    Object id = map.get("id");
    if (map.containsKey("id") && !isId(id)) {
      throw invalid("an id is a text or a whole number");
    }
    if (!map.containsKey("method") && (map.containsKey("result") || map.containsKey("error"))) {
      return null;
    }
    if (!(map.get("method") instanceof String method)) {
      throw new RefusedMessage(id, JsonRpcEnvelope.INVALID_REQUEST, "no method");
    }
    if ((id != null) == method.startsWith(NOTIFICATION)) {
      throw new RefusedMessage(
          id, JsonRpcEnvelope.INVALID_REQUEST, "requests have an id, notifications have none");
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("method", method);
    if (id != null) {
      message.put("id", id);
    }
    message.put("params", new Params(id, map.get("params")).of(method));
    return message;
  }

  private static boolean isId(@Nullable Object id) {
    return id instanceof String text && text.length() <= MAX_NAME
        || id instanceof Integer
        || id instanceof Long;
  }

  private static RefusedMessage invalid(String why) {
    return new RefusedMessage(null, JsonRpcEnvelope.INVALID_REQUEST, why);
  }

  /** The parameters of a request, and how what counts of them is copied. */
  private static final class Params {

    private final @Nullable Object id;
    private final @Nullable Map<?, ?> sent;
    private final Map<String, Object> kept = new LinkedHashMap<>();

    Params(@Nullable Object id, @Nullable Object sent) throws RefusedMessage {
      this.id = id;
      this.sent = sent instanceof Map<?, ?> map ? map : null;
      if (sent != null && this.sent == null) {
        throw refused("params is an object");
      }
    }

    Map<String, Object> of(String method) throws RefusedMessage {
      if (LISTS.contains(method)) {
        keep("cursor");
      } else if (method.startsWith(NOTIFICATION)) {
        keep("reason");
        keepId("requestId");
      } else {
        switch (method) {
          case "initialize" -> initialize();
          case "tools/call" -> call();
          case "logging/setLevel" -> need("level");
          case "ping" -> {}
          default ->
              throw new RefusedMessage(
                  id, RefusedMessage.METHOD_NOT_FOUND, "there is no such method");
        }
      }
      return kept;
    }

    private void initialize() throws RefusedMessage {
      need("protocolVersion");
      Params client = new Params(id, member("clientInfo") instanceof Map<?, ?> it ? it : null);
      client.kept.put("name", "unknown");
      client.kept.put("version", "unknown");
      client.keep("name");
      client.keep("version");
      client.keep("title");
      kept.put("clientInfo", client.kept);
      Map<String, Object> capabilities = new LinkedHashMap<>();
      if (member("capabilities") instanceof Map<?, ?> all) {
        all.keySet().forEach(name -> capabilities.put(String.valueOf(name), Map.of()));
      }
      kept.put("capabilities", capabilities);
    }

    private void call() throws RefusedMessage {
      need("name");
      Object arguments = member("arguments");
      if (arguments != null && !(arguments instanceof Map)) {
        throw refused("arguments is an object");
      }
      kept.put("arguments", withoutNulls(arguments));
      if (member("_meta") instanceof Map<?, ?> sentMeta) {
        Params meta = new Params(id, sentMeta);
        meta.keepId("progressToken");
        kept.put("_meta", meta.kept);
      }
    }

    /** An argument that is null is one that is absent. */
    private static Map<String, Object> withoutNulls(@Nullable Object arguments) {
      Map<String, Object> given = new LinkedHashMap<>();
      if (arguments instanceof Map<?, ?> map) {
        map.forEach(
            (name, value) -> {
              if (value != null) {
                given.put(String.valueOf(name), value);
              }
            });
      }
      return given;
    }

    private void need(String name) throws RefusedMessage {
      if (member(name) == null) {
        throw refused(name + " is missing");
      }
      keep(name);
    }

    private void keep(String name) throws RefusedMessage {
      Object value = member(name);
      if (value instanceof String) {
        kept.put(name, value);
      } else if (value != null) {
        throw refused(name + " is a text");
      }
    }

    private void keepId(String name) {
      Object value = member(name);
      if (value != null && isId(value)) {
        kept.put(name, value);
      }
    }

    private @Nullable Object member(String name) {
      return sent == null ? null : sent.get(name);
    }

    private RefusedMessage refused(String why) {
      return new RefusedMessage(id, RefusedMessage.INVALID_PARAMS, why);
    }
  }

  private static ObjectMapper strict() {
    ObjectMapper mapper = new ObjectMapper();
    StrictJson.configure(mapper);
    return mapper;
  }
}
