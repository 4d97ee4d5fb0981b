package dev.espalier.gateway.compat.openai;

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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of memory-service under the names that clients give them: their own id, or the
 * subject {@code chat:<name>}, as the Java client of memory-service calls them too. A name that is
 * new begins a conversation.
 */
@Singleton
final class Conversations {

  static final String SERVICE = "memory";

  private static final String PATH = "/v1/conversations";
  private static final String SUBJECT = "chat:";
  private static final int MAX_KNOWN = 10_000;
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private record Name(String tenant, String name) {}

  private final ServiceCalls services;

  /** The ids of those that were used last; what was deleted is found out and forgotten. */
  private final Map<Name, String> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Name, String> eldest) {
              return size() > MAX_KNOWN;
            }
          });

  @Inject
  Conversations(ServiceCalls services) {
    this.services = services;
  }

  /** The id of the conversation, which exists then. */
  Future<String> named(String name, RequestContext context) {
    Name key = new Name(context.tenant(), name);
    String id = known.get(key);
    if (id != null) {
      return Future.succeededFuture(id);
    }
    Future<String> found =
        UUID.matcher(name).matches()
            ? byId(name, context)
                .compose(it -> it == null ? bySubject(name, context) : Future.succeededFuture(it))
            : bySubject(name, context);
    return found
        .compose(it -> it == null ? create(name, context) : Future.succeededFuture(it))
        .onSuccess(it -> known.put(key, it));
  }

  /** It was not there when it was asked for. */
  void forget(String name, RequestContext context) {
    known.remove(new Name(context.tenant(), name));
  }

  private Future<@Nullable String> byId(String id, RequestContext context) {
    return services
        .call(SERVICE, HttpMethod.GET, PATH + "/" + id, null, context)
        .map(answer -> answer.status() == 404 ? null : id(answer.json()));
  }

  /** Of several, which two first uses at once can make, the oldest: all agree on that one. */
  private Future<@Nullable String> bySubject(String name, RequestContext context) {
    String query =
        "?limit=200&subject=" + URLEncoder.encode(SUBJECT + name, StandardCharsets.UTF_8);
    return services
        .call(SERVICE, HttpMethod.GET, PATH + query, null, context)
        .map(
            answer -> {
              JsonArray page = answer.json().getJsonArray("conversations", new JsonArray());
              return page.isEmpty() ? null : id(page.getJsonObject(page.size() - 1));
            });
  }

  private Future<String> create(String name, RequestContext context) {
    return services
        .call(
            SERVICE,
            HttpMethod.POST,
            PATH,
            new JsonObject().put("subject", SUBJECT + name),
            context)
        .map(answer -> id(answer.json()))
        .compose(own -> bySubject(name, context).map(oldest -> oldest == null ? own : oldest));
  }

  private static String id(JsonObject conversation) {
    String id = conversation.getString("id");
    if (id == null || !UUID.matcher(id).matches()) {
      throw new ProblemException(Problem.of(ErrorCode.UPSTREAM_FAILED, "a conversation has no id"));
    }
    return id;
  }
}
