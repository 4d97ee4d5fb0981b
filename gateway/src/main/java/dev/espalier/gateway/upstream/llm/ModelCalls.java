package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.llm.ModelDirectory;
import dev.espalier.gateway.core.llm.ModelRoute;
import dev.espalier.gateway.core.llm.ModelRoute.Stop;
import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.core.llm.Tally;
import dev.espalier.gateway.core.llm.TokenUsage;
import dev.espalier.gateway.core.llm.Tokens;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Reservation;
import dev.espalier.gateway.core.spending.Spending;
import dev.espalier.gateway.upstream.Stages;
import dev.espalier.gateway.upstream.llm.ModelFailure.Reason;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Calls to language models: routed, paid for, retried within a budget, once to a fallback.
 *
 * <p>What a call may cost at most is reserved before anything is sent, and settled when it is over,
 * however it ends. Every failure is a {@link ProblemException}.
 */
public final class ModelCalls {

  /** Says who gave an answer. */
  static final String UPSTREAM_HEADER = "X-Espalier-Upstream";

  private static final Logger LOG = Logger.getLogger(ModelCalls.class);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final long UNSTATED_COMPLETION = 4096;

  private final Vertx vertx;
  private final Spending spending;
  private final ModelDirectory directory;
  private final Map<String, ModelClient> clients = new TreeMap<>();

  /** An answer that has begun, and who gives it. */
  private record Opened<T>(T value, ModelClient client, Tally tally, ModelExchange exchange) {}

  /** One call on its way through its requests. */
  private record Journey<T>(
      ModelCall call,
      Context context,
      Account account,
      long promptBytes,
      long mostPrompt,
      BiFunction<ModelExchange, Tally, T> reader) {}

  public ModelCalls(List<UpstreamOptions> upstreams, Spending spending, Vertx vertx) {
    this.vertx = vertx;
    this.spending = spending;
    this.directory = new ModelDirectory(upstreams.stream().map(UpstreamOptions::entry).toList());
    upstreams.forEach(
        options -> clients.put(options.host().name(), new ModelClient(options, vertx)));
  }

  public ModelDirectory directory() {
    return directory;
  }

  public Collection<ModelClient> upstreams() {
    return List.copyOf(clients.values());
  }

  /** The whole answer. */
  public Future<WholeAnswer> whole(ModelCall call) {
    int inputs = inputs(call);
    return this.<JsonObject>open(
            call,
            (exchange, tally) -> {
              JsonObject answer = AnswerShape.object(exchange.body());
              AnswerShape.check(call.operation(), answer, inputs, tally);
              return answer;
            })
        .map(
            journeyed -> {
              Opened<JsonObject> opened = journeyed.opened();
              TokenUsage usage = opened.tally().usage();
              journeyed.account().used(usage, opened.client().price());
              journeyed.account().settle("completed");
              return whole(call, opened, usage, journeyed.account().reservation());
            });
  }

  /** The answer as it is written. */
  public Future<AnswerStream> stream(ModelCall call) {
    return this.<ModelExchange>open(
            call,
            (exchange, tally) -> {
              StreamedAnswer.checkFirst(exchange);
              return exchange;
            })
        .map(
            journeyed -> {
              Opened<ModelExchange> opened = journeyed.opened();
              StreamedAnswer answer =
                  new StreamedAnswer(
                      opened.client().name(),
                      journeyed.account().reservation().headers(),
                      opened.value(),
                      opened.tally(),
                      call.wantsStreamUsage());
              settleAtEnd(call, answer, journeyed.account(), opened.client());
              return answer;
            });
  }

  private record Journeyed<T>(Opened<T> opened, Account account) {}

  private <T> Future<Journeyed<T>> open(
      ModelCall call, BiFunction<ModelExchange, Tally, T> reader) {
    ModelRoute route = directory.route(call.model()).orElse(null);
    if (route == null) {
      return Future.failedFuture(new ProblemException(modelNotFound(call.model())));
    }
    Context context = vertx.getOrCreateContext();
    long mostPrompt = Tokens.most(call.body().getMap());
    long promptBytes = Tokens.textBytes(call.body().getMap());
    return Stages.future(
            spending.reserve(
                call.caller(),
                call.requestId(),
                call.operation().wireName(),
                call.model(),
                atMost(call, route, mostPrompt)),
            context)
        .compose(
            reservation -> {
              Account account = new Account(reservation, call.requestId(), promptBytes);
              Journey<T> journey =
                  new Journey<>(call, context, account, promptBytes, mostPrompt, reader);
              return visit(journey, route.first(), route.fallback(), 1)
                  .map(opened -> new Journeyed<>(opened, account))
                  .onFailure(
                      failure ->
                          account.settle(
                              call.cancellation().isCancelled() ? "cancelled" : "failed"));
            });
  }

  private <T> Future<Opened<T>> visit(
      Journey<T> journey, Stop stop, Optional<Stop> fallback, int attempt) {
    ModelClient client = client(stop);
    ModelCall call = journey.call();
    if (call.cancellation().isCancelled()) {
      return Future.failedFuture(
          new ModelFailure(Reason.CANCELLED, "is not needed any more").toProblem(client.name()));
    }
    if (attempt == 1) {
      client.retries().earn();
    }
    Tally tally =
        new Tally(
            journey.promptBytes(),
            journey.mostPrompt(),
            call.operation().isGenerative() ? mostCompletion(call, client.options()) : 0);
    return client
        .open(
            journey.context(),
            sending(call, stop, client.options()),
            call.left(),
            call.cancellation(),
            exchange ->
                new Opened<>(journey.reader().apply(exchange, tally), client, tally, exchange))
        .recover(
            thrown -> {
              ModelFailure failure = ModelFailure.of(thrown);
              LOG.debugf(failure, "request %s at upstream %s", call.requestId(), client.name());
              journey.account().failed(failure, client.price());
              return goOn(journey, stop, fallback, attempt, failure);
            });
  }

  /** To the fallback if there is one; else to the same upstream again, if that may help. */
  private <T> Future<Opened<T>> goOn(
      Journey<T> journey, Stop stop, Optional<Stop> fallback, int attempt, ModelFailure failure) {
    ModelClient client = client(stop);
    Duration left = journey.call().left();
    if (failure.reason() == Reason.RATE_LIMITED) {
      failure.retryAfter().ifPresent(client::leaveAlone);
    }
    if (fallback.isPresent() && failure.isWorthAnotherUpstream() && !left.isNegative()) {
      return visit(journey, fallback.get(), Optional.empty(), 1);
    }
    Duration wait = failure.retryAfter().orElse(FIRST_BACKOFF.multipliedBy(1L << (attempt - 1)));
    Load load = client.options().load();
    if (failure.isWorthAnotherTry()
        && attempt < load.maxAttempts()
        && wait.compareTo(load.maxRetryAfter()) <= 0
        && wait.compareTo(left) < 0
        && client.retries().spend()) {
      Promise<Opened<T>> later = Promise.promise();
      vertx.setTimer(
          wait.toMillis() + 1,
          rung ->
              visit(journey, stop, Optional.empty(), attempt + 1)
                  .onSuccess(later::tryComplete)
                  .onFailure(later::tryFail));
      return later.future();
    }
    return Future.failedFuture(failure.toProblem(client.name()));
  }

  private static void settleAtEnd(
      ModelCall call, StreamedAnswer answer, Account account, ModelClient client) {
    answer
        .ended()
        .onComplete(
            end -> {
              account.used(answer.usageSoFar(), client.price());
              account.settle(
                  end.succeeded()
                      ? "completed"
                      : call.cancellation().isCancelled() ? "cancelled" : "failed");
            });
  }

  private static WholeAnswer whole(
      ModelCall call, Opened<JsonObject> opened, TokenUsage usage, Reservation reservation) {
    JsonObject answer = opened.value();
    Buffer text = opened.exchange().body();
    if (usage.isEstimated() || call.operation() == Operation.EMBEDDINGS) {
      if (usage.isEstimated()) {
        answer.put("usage", UsageBody.of(usage));
      }
      try {
        text = answer.toBuffer();
      } catch (EncodeException e) {
        throw new ModelFailure(Reason.MALFORMED, "sent text that cannot be written", e)
            .toProblem(opened.client().name());
      }
    }
    Map<String, String> headers = new LinkedHashMap<>(reservation.headers());
    headers.put(UPSTREAM_HEADER, opened.client().name());
    return new WholeAnswer(text, answer, usage, headers);
  }

  private ModelClient.Sending sending(ModelCall call, Stop stop, UpstreamOptions options) {
    JsonObject body = new JsonObject(new LinkedHashMap<>(call.body().getMap()));
    body.put("model", stop.model());
    if (call.operation().isGenerative()) {
      if (call.maxCompletionTokens().isEmpty() && options.maxCompletionTokens().isPresent()) {
        body.put("max_tokens", options.maxCompletionTokens().getAsInt());
      }
      if (call.isStream() && options.hasStreamUsage()) {
        Map<String, Object> asked = new LinkedHashMap<>();
        if (body.getValue("stream_options") instanceof JsonObject own) {
          asked.putAll(own.getMap());
        }
        asked.put("include_usage", true);
        body.put("stream_options", new JsonObject(asked));
      }
    }
    return new ModelClient.Sending(
        call.operation(), body.toBuffer(), call.isStream(), call.requestId());
  }

  private Charge atMost(ModelCall call, ModelRoute route, long mostPrompt) {
    Charge first = atMost(call, route.first(), mostPrompt);
    Charge other =
        route.fallback().map(stop -> atMost(call, stop, mostPrompt)).orElse(Charge.NOTHING);
    return new Charge(
        mostPrompt,
        Math.max(first.completionTokens(), other.completionTokens()),
        Math.max(first.nanos(), other.nanos()));
  }

  private Charge atMost(ModelCall call, Stop stop, long mostPrompt) {
    UpstreamOptions options = client(stop).options();
    long completion = call.operation().isGenerative() ? mostCompletion(call, options) : 0;
    return options.price().of(mostPrompt, completion);
  }

  private static long mostCompletion(ModelCall call, UpstreamOptions options) {
    return call.maxCompletionTokens()
        .orElseGet(
            () ->
                call.choices()
                    * (options.maxCompletionTokens().isPresent()
                        ? options.maxCompletionTokens().getAsInt()
                        : UNSTATED_COMPLETION));
  }

  private ModelClient client(Stop stop) {
    ModelClient client = clients.get(stop.upstream());
    if (client == null) {
      throw new IllegalStateException("the directory names an upstream that is not there");
    }
    return client;
  }

  private static int inputs(ModelCall call) {
    Object asked =
        call.body().getValue(call.operation() == Operation.RERANK ? "documents" : "input");
    return asked instanceof JsonArray list ? list.size() : 1;
  }

  private static Problem modelNotFound(String model) {
    return new Problem(
        404, "model.not_found", "There is no such model", model, false, Map.of("param", "model"));
  }
}
