package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.Tally;
import dev.espalier.gateway.core.llm.TokenUsage;
import dev.espalier.gateway.upstream.llm.ModelFailure.Reason;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model's answer as its events come. */
final class StreamedAnswer implements AnswerStream {

  static final String DONE = "[DONE]";

  private final String upstream;
  private final Map<String, String> headers;
  private final ModelExchange exchange;
  private final Tally tally;
  private final boolean showsUsage;
  private final Promise<TokenUsage> ended = Promise.promise();
  private @Nullable Handler<Chunk> reader;
  private @Nullable JsonObject last;
  private @Nullable JsonObject usageChunk;
  private boolean isFinished;

  StreamedAnswer(
      String upstream,
      Map<String, String> headers,
      ModelExchange exchange,
      Tally tally,
      boolean showsUsage) {
    this.upstream = upstream;
    this.headers = new LinkedHashMap<>(headers);
    this.headers.put(ModelCalls.UPSTREAM_HEADER, upstream);
    this.exchange = exchange;
    this.tally = tally;
    this.showsUsage = showsUsage;
    exchange
        .ended()
        .onComplete(
            end -> {
              if (end.failed()) {
                fail(ModelFailure.of(end.cause()));
              } else if (isFinished) {
                finish();
              } else {
                fail(new ModelFailure(Reason.CUT, "ended its answer in the middle"));
              }
            });
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public Future<TokenUsage> read(Handler<Chunk> reader) {
    this.reader = reader;
    exchange.read(this::accept);
    return ended();
  }

  @Override
  public void pause() {
    exchange.pause();
  }

  @Override
  public void resume() {
    exchange.resume();
  }

  Future<TokenUsage> ended() {
    return ended.future();
  }

  TokenUsage usageSoFar() {
    return tally.usage();
  }

  /** The first event, which decides whether this is an answer at all. */
  static void checkFirst(ModelExchange exchange) {
    String first = exchange.waiting().peek();
    if (first != null && !first.equals(DONE)) {
      parsed(first);
    }
  }

  private void accept(String event) {
    if (ended.future().isComplete()) {
      return;
    }
    if (event.equals(DONE)) {
      finish();
      return;
    }
    try {
      JsonObject json = parsed(event);
      AnswerShape.saw(json, tally);
      isFinished |= AnswerShape.isFinal(json);
      if (AnswerShape.isUsageOnly(json)) {
        usageChunk = json;
      } else {
        last = json;
        hand(new Chunk(event, json));
      }
    } catch (ModelFailure failure) {
      exchange.fail(failure);
      fail(failure);
    }
  }

  private void finish() {
    if (ended.future().isComplete()) {
      return;
    }
    TokenUsage usage = tally.usage();
    if (showsUsage) {
      JsonObject chunk = usageChunk != null && !usage.isEstimated() ? usageChunk : own(usage);
      hand(Chunk.of(chunk));
    }
    ended.tryComplete(usage);
  }

  private void hand(Chunk chunk) {
    if (reader != null) {
      reader.handle(chunk);
    }
  }

  /** A chunk of ours, for an upstream that does not count, or not credibly. */
  private JsonObject own(TokenUsage usage) {
    JsonObject chunk = new JsonObject();
    if (last != null) {
      for (String member : new String[] {"id", "object", "created", "model"}) {
        if (last.containsKey(member)) {
          chunk.put(member, last.getValue(member));
        }
      }
    }
    return chunk.put("choices", new JsonArray()).put("usage", UsageBody.of(usage));
  }

  private void fail(ModelFailure failure) {
    ended.tryFail(failure.toProblem(upstream));
  }

  private static JsonObject parsed(String event) {
    JsonObject json = AnswerShape.object(Buffer.buffer(event));
    if (json.getValue("error") != null) {
      throw new ModelFailure(Reason.BROKEN, "reported an error in its stream");
    }
    return json;
  }
}
