package dev.espalier.gateway.compat.mcp;

import dev.espalier.gateway.upstream.EventReader;
import dev.espalier.gateway.upstream.ServiceAnswer;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search from its beginning to its result, with progress on the way. When its time is over it is
 * ended, and the best answer so far is the result; when the client has gone it is ended too.
 */
final class FollowedSearch {

  static final String SERVICE = "reasoning";
  static final String SEARCHES = "/v1/searches";

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration TO_END = Duration.ofSeconds(10);
  private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

  private final ServiceCalls services;
  private final Vertx vertx;
  private final ToolCall call;
  private final RequestContext context;
  private final String uri;
  private final Promise<JsonObject> result = Promise.promise();

  private @Nullable HttpClientResponse stream;
  private @Nullable String lastEvent;
  private String lastName = "started";
  private long events;
  private long told;
  private boolean isEnding;

  FollowedSearch(
      ServiceCalls services, Vertx vertx, ToolCall call, RequestContext context, String id) {
    this.services = services;
    this.vertx = vertx;
    this.call = call;
    this.context = context;
    this.uri = SEARCHES + "/" + id;
  }

  Future<JsonObject> result() {
    long timer = vertx.setPeriodic(LOOK.toMillis(), tick -> look());
    listen();
    return result.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** Between the events: tells the client how far it is, and ends what nobody waits for. */
  private void look() {
    if (events > told) {
      told = events;
      call.progress().accept(lastName, events);
    }
    if (!isEnding && (call.isAbandoned().getAsBoolean() || context.isExpired(Instant.now()))) {
      isEnding = true;
      if (stream != null) {
        stream.request().reset();
      }
      end();
    }
  }

  private void listen() {
    services
        .open(
            SERVICE,
            HttpMethod.GET,
            uri + "/events",
            null,
            lastEvent == null ? Map.of() : Map.of("Last-Event-ID", lastEvent),
            context)
        .compose(
            opened -> {
              stream = opened;
              return EventReader.read(opened, this::note);
            })
        // However the stream ended: the search itself says whether it is over.
        .onComplete(over -> ask());
  }

  private void note(EventReader.Event event) {
    lastEvent = event.id();
    lastName = event.name();
    events++;
  }

  private void ask() {
    if (isEnding) {
      return;
    }
    current(context)
        .onSuccess(
            search -> {
              if (FINAL.contains(search.getString("status"))) {
                finish(search);
              } else {
                vertx.setTimer(LOOK.toMillis(), later -> listen());
              }
            })
        .onFailure(result::tryFail);
  }

  private void end() {
    RequestContext late =
        new RequestContext(context.tenant(), context.requestId(), Instant.now().plus(TO_END));
    services
        .call(SERVICE, HttpMethod.POST, uri + "/cancel", null, late)
        .map(ServiceAnswer::json)
        .compose(cancelled -> current(late))
        .onSuccess(this::finish)
        .onFailure(result::tryFail);
  }

  private void finish(JsonObject search) {
    look();
    if ("failed".equals(search.getString("status"))) {
      String code = search.getString("failure", "search.internal_error");
      result.tryFail(new ProblemException(McpProblems.searchFailed(code)));
    } else {
      result.tryComplete(search);
    }
  }

  private Future<JsonObject> current(RequestContext within) {
    return services.call(SERVICE, HttpMethod.GET, uri, null, within).map(ServiceAnswer::json);
  }
}
