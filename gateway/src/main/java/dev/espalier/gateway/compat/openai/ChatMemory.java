package dev.espalier.gateway.compat.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.gateway.api.GatewayProblems;
import dev.espalier.gateway.config.ModelsConfig;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Gives a chat its memory: composes what the conversation knows about the user's newest words, puts
 * it before them as quoted data, and stores both sides of the exchange.
 *
 * <p>What the client sends is sent. Memory adds what the client does not send: the summary, what
 * was recalled, and the last turns where the request has no history of its own. Without memory the
 * chat goes on and says so, unless the client demanded it.
 */
@Singleton
final class ChatMemory {

  /** {@code used}, {@code empty}, {@code not-stored; code=...} or {@code unavailable; code=...}. */
  static final String STATE_HEADER = "X-Espalier-Memory";

  static final String MANIFEST_HEADER = "X-Espalier-Memory-Manifest";

  private static final Logger LOG = Logger.getLogger(ChatMemory.class);
  private static final Set<String> INSTRUCTIONS = Set.of("system", "developer");

  /** What a context is composed for; the end of a long text says what is wanted. */
  private static final int MAX_INPUT = 2000;

  /** Of a turn; what is longer becomes several. */
  private static final int MAX_TURN = 32_000;

  private static final int MAX_MANIFEST = 8000;

  private final ServiceCalls services;
  private final Conversations conversations;
  private final int budgetTokens;
  private final Duration timeout;

  @Inject
  ChatMemory(ServiceCalls services, Conversations conversations, ModelsConfig config) {
    this.services = services;
    this.conversations = conversations;
    this.budgetTokens = config.memory().budgetTokens();
    this.timeout = config.memory().timeout();
  }

  /**
   * @return or a failure if the client demanded memory and there is none
   */
  Future<Remembered> recall(ChatTurn turn, MemoryWish wish) {
    JsonObject body = MemoryWish.stripped(turn.body());
    if (!turn.caller().may(Scope.MEMORY)) {
      return Future.failedFuture(new ProblemException(GatewayProblems.scopeMissing(Scope.MEMORY)));
    }
    RequestContext context = context(turn);
    return compose(turn, wish, context, true)
        .compose(composed -> store(turn.with(body), wish, composed, context))
        .recover(
            failure -> {
              if (wish.isRequired()) {
                return Future.failedFuture(failure);
              }
              LOG.warnf("request %s goes on without memory: %s", turn.requestId(), code(failure));
              return Future.succeededFuture(
                  Remembered.nothing(
                      body, Map.of(STATE_HEADER, "unavailable; code=" + code(failure))));
            });
  }

  private record Composed(String conversation, JsonArray messages, JsonObject manifest) {}

  /** A conversation that was deleted since it was last used begins anew. */
  private Future<Composed> compose(
      ChatTurn turn, MemoryWish wish, RequestContext context, boolean isFirstTry) {
    JsonArray messages = turn.body().getJsonArray("messages");
    String input = MessageText.lastOfUser(messages);
    JsonObject request =
        new JsonObject()
            .put("input", storable(input.isBlank() ? "-" : end(input)))
            .put("budget_tokens", budgetTokens);
    if (TurnKeys.hasHistory(messages)) {
      request.put("reserve", new JsonObject().put("last_turns", 0));
    }
    return conversations
        .named(wish.conversation(), context)
        .compose(
            id ->
                services
                    .call(
                        Conversations.SERVICE,
                        HttpMethod.POST,
                        "/v1/conversations/" + id + "/context",
                        request,
                        context)
                    .compose(
                        answer -> {
                          if (answer.status() == 404 && isFirstTry) {
                            conversations.forget(wish.conversation(), context);
                            return compose(turn, wish, context, false);
                          }
                          JsonObject composed = answer.json();
                          return Future.succeededFuture(
                              new Composed(
                                  id,
                                  withoutInput(composed.getJsonArray("messages", new JsonArray())),
                                  composed.getJsonObject("manifest", new JsonObject())));
                        }));
  }

  /** Stores what the user said, and makes the body that the model gets. */
  private Future<Remembered> store(
      ChatTurn turn, MemoryWish wish, Composed composed, RequestContext context) {
    JsonArray messages = turn.body().getJsonArray("messages");
    TurnKeys keys = TurnKeys.of(turn, wish.idempotencyKey());
    List<String> said = newWords(messages);
    JsonArray recalled = composed.messages();
    if (isRepeated(said, recalled)) {
      // The same question once more, which nobody has answered: it is stored already.
      recalled = new JsonArray(new ArrayList<>(recalled.getList().subList(0, recalled.size() - 1)));
      said = List.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(MemoryWish.HEADER, composed.conversation());
    String quoted = Fence.quote(recalled).orElse(null);
    headers.put(STATE_HEADER, quoted == null ? "empty" : "used");
    JsonObject body = quoted == null ? turn.body() : with(turn.body(), quoted);
    Remembered remembered = remembered(turn, composed.conversation(), keys, body, headers);
    if (said.isEmpty()) {
      return Future.succeededFuture(remembered);
    }
    return append(composed.conversation(), userTurns(said, keys, composed.manifest()), context)
        .map(
            answer -> {
              String turns =
                  "/v1/conversations/%s/turns?after_seq=%d&limit=1"
                      .formatted(composed.conversation(), answer.getLong("last_seq") - 1);
              headers.put(MANIFEST_HEADER, turns);
              headers.put("Link", "<" + turns + ">; rel=\"describedby\"");
              return remembered;
            })
        .recover(
            failure -> {
              if (wish.isRequired()) {
                return Future.failedFuture(failure);
              }
              headers.put(STATE_HEADER, "not-stored; code=" + code(failure));
              return Future.succeededFuture(remembered);
            });
  }

  private Remembered remembered(
      ChatTurn turn,
      String conversation,
      TurnKeys keys,
      JsonObject body,
      Map<String, String> headers) {
    return new Remembered() {
      @Override
      public JsonObject body() {
        return body;
      }

      @Override
      public Map<String, String> headers() {
        return headers;
      }

      @Override
      public Future<Boolean> answered(String text, boolean isInterrupted) {
        String storable = storable(text);
        if (storable.isBlank()) {
          return Future.succeededFuture(true);
        }
        JsonObject metadata = new JsonObject().put("model", turn.model());
        if (isInterrupted) {
          metadata.put("interrupted", true);
        }
        JsonArray turns = new JsonArray();
        addTurns(turns, "assistant", storable, keys.ofAssistant(isInterrupted), metadata);
        RequestContext context =
            new RequestContext(
                turn.caller().tenant(), turn.requestId(), Instant.now().plus(timeout));
        return append(conversation, turns, context)
            .map(true)
            .otherwise(
                failure -> {
                  LOG.warnf(
                      "request %s: the answer was not stored: %s", turn.requestId(), code(failure));
                  return false;
                });
      }
    };
  }

  private Future<JsonObject> append(String conversation, JsonArray turns, RequestContext context) {
    return services
        .call(
            Conversations.SERVICE,
            HttpMethod.POST,
            "/v1/conversations/" + conversation + "/turns",
            new JsonObject().put("turns", turns),
            context)
        .map(answer -> answer.json());
  }

  /** With the account of the context beside the words that it was composed for. */
  private static JsonArray userTurns(List<String> said, TurnKeys keys, JsonObject manifest) {
    JsonArray turns = new JsonArray();
    for (int i = 0; i < said.size(); i++) {
      JsonObject metadata = new JsonObject();
      if (i == said.size() - 1) {
        metadata.put("manifest", bounded(manifest));
      }
      addTurns(turns, "user", said.get(i), keys.ofUser(i), metadata);
    }
    return turns;
  }

  private static void addTurns(
      JsonArray turns, String role, String text, String key, JsonObject metadata) {
    int part = 0;
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(text.length(), start + MAX_TURN);
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      turns.add(
          new JsonObject()
              .put("role", role)
              .put("content", text.substring(start, end))
              .put("client_turn_id", part == 0 ? key : key + "-" + part)
              .put("metadata", metadata));
      part++;
      start = end;
    }
  }

  /** What the user has said since the last answer. */
  private static List<String> newWords(JsonArray messages) {
    List<String> said = new ArrayList<>();
    for (int i = messages.size() - 1; i >= 0; i--) {
      JsonObject message = messages.getJsonObject(i);
      if ("assistant".equals(message.getString("role"))) {
        break;
      }
      if ("user".equals(message.getString("role"))) {
        String text = storable(MessageText.of(message.getValue("content")));
        if (!text.isBlank()) {
          said.add(0, text);
        }
      }
    }
    return said;
  }

  private static boolean isRepeated(List<String> said, JsonArray recalled) {
    if (said.size() != 1 || recalled.isEmpty()) {
      return false;
    }
    JsonObject last = recalled.getJsonObject(recalled.size() - 1);
    return "user".equals(last.getString("role")) && said.get(0).equals(last.getString("content"));
  }

  /** Behind the instructions, before everything else. */
  private static JsonObject with(JsonObject body, String quoted) {
    JsonArray messages = body.getJsonArray("messages");
    List<Object> more = new ArrayList<>();
    int i = 0;
    while (i < messages.size()
        && INSTRUCTIONS.contains(messages.getJsonObject(i).getString("role"))) {
      more.add(messages.getValue(i++));
    }
    more.add(new JsonObject().put("role", "user").put("content", quoted));
    while (i < messages.size()) {
      more.add(messages.getValue(i++));
    }
    Map<String, Object> members = new LinkedHashMap<>(body.getMap());
    members.put("messages", new JsonArray(more));
    return new JsonObject(members);
  }

  private static JsonArray withoutInput(JsonArray messages) {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < messages.size() - 1; i++) {
      list.add(messages.getValue(i));
    }
    return new JsonArray(list);
  }

  /** Small enough to be stored beside a turn; what was dropped is the least of it. */
  private static JsonObject bounded(JsonObject manifest) {
    JsonObject bounded = manifest.copy();
    if (bounded.encode().length() > MAX_MANIFEST) {
      bounded.remove("dropped");
    }
    if (bounded.encode().length() > MAX_MANIFEST) {
      bounded.remove("sections");
    }
    return bounded;
  }

  private static String end(String text) {
    return text.length() <= MAX_INPUT ? text : text.substring(text.length() - MAX_INPUT);
  }

  /** No database takes a NUL, and half a character cannot be written. */
  private static String storable(String text) {
    String whole = new String(text.getBytes(UTF_8), UTF_8);
    return whole.replace("\0", "");
  }

  private RequestContext context(ChatTurn turn) {
    Instant patience = Instant.now().plus(timeout);
    Instant deadline = turn.deadline().filter(patience::isAfter).orElse(patience);
    return new RequestContext(turn.caller().tenant(), turn.requestId(), deadline);
  }

  private static String code(Throwable failure) {
    return failure instanceof ProblemException known
        ? known.problem().code()
        : Problem.of(ErrorCode.INTERNAL, null).code();
  }
}
