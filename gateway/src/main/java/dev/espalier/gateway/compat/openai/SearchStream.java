package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.core.llm.TokenUsage;
import dev.espalier.gateway.upstream.EventReader;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.gateway.upstream.llm.AnswerStream;
import dev.espalier.gateway.upstream.llm.UsageBody;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A running search as an answer that is being written: its steps as reasoning, its best solution as
 * content. A stream of events that breaks off is taken up where it ended.
 */
final class SearchStream implements AnswerStream {

  private static final Logger LOG = Logger.getLogger(SearchStream.class);
  private static final String SERVICE = "reasoning";
  private static final Duration TO_CANCEL = Duration.ofSeconds(5);
  private static final int MAX_BREAKS = 3;
  private static final int SHOWN_STEPS = 8;

  private final ChatTurn turn;
  private final String search;
  private final Instant deadline;
  private final ChatChunk chunks;
  private final ServiceCalls services;
  private final Vertx vertx;
  private final Promise<TokenUsage> ended = Promise.promise();
  private @Nullable Handler<Chunk> reader;
  private @Nullable HttpClientResponse response;
  private @Nullable String lastId;
  private boolean isFinished;
  private boolean isPaused;
  private int breaks;

  SearchStream(ChatTurn turn, String search, Instant deadline, ServiceCalls services, Vertx vertx) {
    this.turn = turn;
    this.search = search;
    this.deadline = deadline;
    this.chunks = new ChatChunk("chatcmpl-" + search, Instant.now().getEpochSecond(), turn.model());
    this.services = services;
    this.vertx = vertx;
    turn.cancellation()
        .onCancel(() -> stop(new ProblemException(Problem.of(ErrorCode.UPSTREAM_FAILED, null))));
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Link", "</v1/searches/" + search + ">; rel=\"describedby\"");
  }

  @Override
  public Future<TokenUsage> read(Handler<Chunk> handler) {
    reader = handler;
    long timer =
        vertx.setTimer(
            Math.max(1, Duration.between(Instant.now(), deadline).toMillis()),
            late -> stop(new ProblemException(Problem.of(ErrorCode.DEADLINE_EXCEEDED, null))));
    ended.future().onComplete(end -> vertx.cancelTimer(timer));
    hand(new JsonObject().put("role", "assistant").put("content", ""), null);
    follow();
    return ended.future();
  }

  @Override
  public void pause() {
    isPaused = true;
    if (response != null) {
      response.pause();
    }
  }

  @Override
  public void resume() {
    isPaused = false;
    if (response != null) {
      response.resume();
    }
  }

  private void follow() {
    services
        .open(
            SERVICE,
            HttpMethod.GET,
            "/v1/searches/" + search + "/events",
            null,
            lastId == null ? Map.of() : Map.of("Last-Event-ID", lastId),
            context(deadline))
        .onSuccess(this::receive)
        .onFailure(this::stop);
  }

  private void receive(HttpClientResponse head) {
    if (ended.future().isComplete()) {
      head.exceptionHandler(reset -> {});
      head.request().reset();
      return;
    }
    response = head;
    EventReader.read(head, this::tell).onComplete(over -> broken());
    if (isPaused) {
      head.pause();
    }
  }

  /** The stream of events is over: with the search, or too early. */
  private void broken() {
    response = null;
    if (ended.future().isComplete()) {
      return;
    }
    if (isFinished) {
      finish();
    } else if (++breaks <= MAX_BREAKS) {
      follow();
    } else {
      stop(new ProblemException(Problem.of(ErrorCode.UPSTREAM_FAILED, "the events broke off")));
    }
  }

  private void tell(EventReader.Event event) {
    lastId = event.id() == null ? lastId : event.id();
    try {
      switch (event.name()) {
        case "proposed" ->
            think(steps(new JsonObject(event.data()).getJsonArray("candidates", new JsonArray())));
        case "answer_found" ->
            think("Answer found: " + new JsonObject(event.data()).getString("answer") + "\n");
        case "need_failed" ->
            think("A call failed: " + new JsonObject(event.data()).getString("code") + "\n");
        case "finished" -> isFinished = true;
        default -> {}
      }
    } catch (DecodeException | ClassCastException e) {
      LOG.errorf(e, "request %s: events of search %s", turn.requestId(), search);
      stop(new ProblemException(Problem.of(ErrorCode.UPSTREAM_FAILED, null), e));
    }
  }

  /** What was proposed at a node, each text once. */
  private static String steps(JsonArray candidates) {
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < candidates.size(); i++) {
      texts.add(String.valueOf(candidates.getJsonObject(i).getString("text")).strip());
    }
    StringBuilder shown = new StringBuilder();
    texts.stream()
        .limit(SHOWN_STEPS)
        .forEach(text -> shown.append("- ").append(text.replace("\n", " ")).append('\n'));
    if (texts.size() > SHOWN_STEPS) {
      shown.append("- and ").append(texts.size() - SHOWN_STEPS).append(" more\n");
    }
    return shown.append('\n').toString();
  }

  private void finish() {
    services
        .call(SERVICE, HttpMethod.GET, "/v1/searches/" + search, null, context(deadline))
        .map(answer -> answer.json())
        .onSuccess(this::conclude)
        .onFailure(this::stop);
  }

  private void conclude(JsonObject result) {
    if ("failed".equals(result.getString("status"))) {
      ended.tryFail(
          new ProblemException(
              new Problem(
                  502,
                  result.getString("failure", "search.failed"),
                  "The search failed",
                  null,
                  true,
                  Map.of())));
      return;
    }
    hand(new JsonObject().put("content", solution(result)), null);
    hand(new JsonObject(), reason(result));
    JsonObject total =
        result.getJsonObject("ledger", new JsonObject()).getJsonObject("total", new JsonObject());
    TokenUsage usage =
        new TokenUsage(
            total.getLong("prompt_tokens", 0L),
            total.getLong("completion_tokens", 0L),
            total.getBoolean("estimated", false));
    if (turn.wantsStreamUsage() && reader != null) {
      reader.handle(Chunk.of(chunks.usage(UsageBody.of(usage))));
    }
    ended.tryComplete(usage);
  }

  private static String solution(JsonObject result) {
    JsonObject best = result.getJsonObject("best");
    String text = best == null ? "" : best.getString("text", "");
    String answer = result.getString("answer");
    if (answer == null) {
      return text.isEmpty() ? "The search found no answer." : text;
    }
    return text.contains(answer) ? text : (text + "\n\nAnswer: " + answer).strip();
  }

  /** A search that a budget ended was cut short, as a model is by its token limit. */
  private static String reason(JsonObject result) {
    return switch (String.valueOf(result.getString("stopped_because"))) {
      case "completed", "converged", "solved" -> "stop";
      default -> "length";
    };
  }

  private void think(String text) {
    hand(new JsonObject().put("reasoning_content", text), null);
  }

  private void hand(JsonObject delta, @Nullable String finishReason) {
    if (reader != null && !ended.future().isComplete()) {
      reader.handle(Chunk.of(chunks.delta(delta, finishReason)));
    }
  }

  /** Nobody waits any more, or nothing can come: the search ends too. */
  private void stop(Throwable cause) {
    if (ended.tryFail(cause)) {
      if (response != null) {
        response.exceptionHandler(reset -> {});
        response.request().reset();
      }
      services
          .call(
              SERVICE,
              HttpMethod.POST,
              "/v1/searches/" + search + "/cancel",
              null,
              context(Instant.now().plus(TO_CANCEL)))
          .onFailure(e -> LOG.warnf("search %s could not be cancelled", search));
    }
  }

  private RequestContext context(Instant until) {
    return new RequestContext(turn.caller().tenant(), turn.requestId(), until);
  }
}
