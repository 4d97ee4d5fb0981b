package dev.espalier.gateway.compat.mcp;

import dev.espalier.gateway.config.McpConfig;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.upstream.ServiceAnswer;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Long-term memory for agents, over memory-service. */
@Singleton
final class MemoryTools implements Toolbox {

  private static final String SERVICE = "memory";
  private static final String CONVERSATIONS = "/v1/conversations";
  private static final String CONVERSATION = "conversation_id";

  /** What an agent has just stored it may look for next, by its meaning too. */
  private static final Map<String, String> UNTIL_FOUND = Map.of("Prefer", "wait=2");

  private final ServiceCalls services;
  private final Duration longest;

  @Inject
  MemoryTools(ServiceCalls services, McpConfig config) {
    this.services = services;
    this.longest = config.toolTimeout();
  }

  @Override
  public List<Tool> tools() {
    return List.of(
        new Tool("memory_add", Scope.MEMORY, this::add),
        new Tool("memory_search", Scope.MEMORY, this::search),
        new Tool("memory_context", Scope.MEMORY, this::context),
        new Tool("memory_forget_preview", Scope.MEMORY, this::preview));
  }

  private Future<JsonObject> add(ToolCall call) {
    RequestContext context = call.within(longest);
    Optional<String> known = call.optionalId(CONVERSATION);
    JsonObject turns = call.without(CONVERSATION, "subject", "title");
    if (known.isPresent()) {
      return append(known.get(), turns, context);
    }
    JsonObject begun = new JsonObject();
    for (String name : List.of("subject", "title")) {
      if (call.arguments().containsKey(name)) {
        begun.put(name, call.text(name));
      }
    }
    return post(CONVERSATIONS, begun, context)
        .compose(conversation -> append(conversation.getString("id"), turns, context));
  }

  private Future<JsonObject> append(String conversation, JsonObject turns, RequestContext context) {
    return services
        .call(
            SERVICE,
            HttpMethod.POST,
            CONVERSATIONS + "/" + conversation + "/turns",
            turns,
            UNTIL_FOUND,
            context)
        .map(ServiceAnswer::json)
        .map(
            appended ->
                new JsonObject()
                    .put(CONVERSATION, conversation)
                    .put("seqs", appended.getJsonArray("seqs"))
                    .put("last_seq", appended.getLong("last_seq")));
  }

  /**
   * Looking something up is no use of it: what an agent reads stays as easy to forget as it was.
   */
  private Future<JsonObject> search(ToolCall call) {
    Optional<String> conversation = call.optionalId(CONVERSATION);
    JsonObject question = call.without(CONVERSATION).put("reinforce", false);
    String uri = conversation.map(id -> CONVERSATIONS + "/" + id + "/recall").orElse("/v1/recall");
    if (conversation.isEmpty() && !question.containsKey("subject")) {
      throw ToolCall.invalid(CONVERSATION, "or subject is missing");
    }
    return post(uri, question, call.within(longest))
        .map(
            found -> {
              conversation.ifPresent(
                  id ->
                      found
                          .getJsonArray("hits")
                          .forEach(hit -> ((JsonObject) hit).put(CONVERSATION, id)));
              return new JsonObject().put("hits", found.getJsonArray("hits"));
            });
  }

  private Future<JsonObject> context(ToolCall call) {
    return post(
        CONVERSATIONS + "/" + call.id(CONVERSATION) + "/context",
        call.without(CONVERSATION),
        call.within(longest));
  }

  private Future<JsonObject> preview(ToolCall call) {
    return post(
        CONVERSATIONS + "/" + call.id(CONVERSATION) + "/forgetting-runs",
        call.without(CONVERSATION).put("dry_run", true),
        call.within(longest));
  }

  private Future<JsonObject> post(String uri, JsonObject body, RequestContext context) {
    return services.call(SERVICE, HttpMethod.POST, uri, body, context).map(ServiceAnswer::json);
  }
}
