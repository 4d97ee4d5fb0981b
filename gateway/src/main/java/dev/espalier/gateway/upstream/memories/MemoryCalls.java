package dev.espalier.gateway.upstream.memories;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.gateway.upstream.ServiceAnswer;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls to memory-service that memories are made of, within one request. */
final class MemoryCalls {

  private static final String SERVICE = "memory";
  private static final String CONVERSATIONS = "/v1/conversations";
  private static final int PAGE = 1_000;
  private static final int CONVERSATION_PAGE = 200;

  private final ServiceCalls services;
  private final RequestContext context;

  MemoryCalls(ServiceCalls services, RequestContext context) {
    this.services = services;
    this.context = context;
  }

  Future<JsonObject> begin(JsonObject conversation) {
    return call(HttpMethod.POST, CONVERSATIONS, conversation);
  }

  /**
   * All conversations.
   *
   * @param subject only those about it, or null
   */
  Future<List<JsonObject>> conversations(@Nullable String subject) {
    String query =
        "?limit=" + CONVERSATION_PAGE + (subject == null ? "" : "&subject=" + encoded(subject));
    return pages(
        cursor -> CONVERSATIONS + query + (cursor == null ? "" : "&cursor=" + encoded(cursor)),
        "conversations",
        page -> page.getString("next_cursor"),
        null,
        new ArrayList<>());
  }

  /** All turns of a conversation after this one, erased ones too. */
  Future<List<JsonObject>> turns(String conversation, long afterSeq) {
    return pages(
        cursor ->
            CONVERSATIONS
                + "/"
                + conversation
                + "/turns?limit="
                + PAGE
                + "&after_seq="
                + (cursor == null ? Long.toString(afterSeq) : cursor),
        "turns",
        page ->
            page.getLong("next_after_seq") == null
                ? null
                : Long.toString(page.getLong("next_after_seq")),
        null,
        new ArrayList<>());
  }

  Future<List<JsonObject>> turn(String conversation, long seq) {
    return call(
            HttpMethod.GET,
            CONVERSATIONS + "/" + conversation + "/turns?limit=1&after_seq=" + (seq - 1),
            null)
        .map(page -> objects(page.getJsonArray("turns")));
  }

  /** Stores turns, and waits a little until they can be found by their meaning. */
  Future<JsonObject> append(String conversation, JsonArray turns) {
    return services
        .call(
            SERVICE,
            HttpMethod.POST,
            CONVERSATIONS + "/" + conversation + "/turns",
            new JsonObject().put("turns", turns),
            Map.of("Prefer", "wait=2"),
            context)
        .map(ServiceAnswer::json);
  }

  Future<JsonObject> redact(String conversation, long seq) {
    return call(
        HttpMethod.POST, CONVERSATIONS + "/" + conversation + "/turns/" + seq + ":redact", null);
  }

  Future<JsonObject> delete(String conversation) {
    return call(HttpMethod.DELETE, CONVERSATIONS + "/" + conversation, null);
  }

  /** The hits, each with its conversation. */
  Future<List<JsonObject>> recallAbout(String subject, JsonObject question) {
    return call(HttpMethod.POST, "/v1/recall", question.copy().put("subject", subject))
        .map(answer -> objects(answer.getJsonArray("hits")));
  }

  Future<List<JsonObject>> recallIn(String conversation, JsonObject question) {
    return call(HttpMethod.POST, CONVERSATIONS + "/" + conversation + "/recall", question)
        .map(
            answer ->
                objects(answer.getJsonArray("hits")).stream()
                    .map(hit -> hit.put("conversation_id", conversation))
                    .toList());
  }

  private Future<List<JsonObject>> pages(
      Function<@Nullable String, String> uri,
      String member,
      Function<JsonObject, @Nullable String> next,
      @Nullable String cursor,
      List<JsonObject> read) {
    return call(HttpMethod.GET, uri.apply(cursor), null)
        .compose(
            page -> {
              read.addAll(objects(page.getJsonArray(member)));
              String following = next.apply(page);
              return following == null
                  ? Future.succeededFuture(read)
                  : pages(uri, member, next, following, read);
            });
  }

  private Future<JsonObject> call(HttpMethod method, String uri, @Nullable JsonObject body) {
    return services.call(SERVICE, method, uri, body, context).map(ServiceAnswer::json);
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
