package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.core.llm.ModelDirectory;
import dev.espalier.gateway.core.llm.Operation;
import dev.espalier.gateway.core.llm.Price;
import dev.espalier.gateway.upstream.ServiceOptions;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.egress.UpstreamUrl;
import dev.espalier.testkit.ScriptedServer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls to scripted models without anything around them. */
final class ModelsUnderTest implements AutoCloseable {

  static final Price PRICE = new Price(1, 2);
  static final ServiceOptions.Breaker PATIENT =
      new ServiceOptions.Breaker(10_000, 1, Duration.ofSeconds(1));

  private static final Caller CALLER = new Caller("test", "acme", Set.of(Scope.MODELS));

  final Vertx vertx = Vertx.vertx();
  final RecordedSpending spending = new RecordedSpending();
  final ScriptedServer server = ScriptedServer.start();
  final ScriptedServer other = ScriptedServer.start();
  private final List<UpstreamOptions> upstreams = new ArrayList<>();
  private @Nullable ModelCalls calls;

  /** How one upstream differs from a patient one. */
  static final class Setup {
    String name = "one";
    List<String> models = List.of("m");
    @Nullable String fallback;
    Patience patience = patience(2000, 2000, 4000);
    int concurrency = 64;
    int attempts = 2;
    Duration maxRetryAfter = Duration.ofSeconds(3);
    int maxBodyBytes = 1 << 20;
    ServiceOptions.Breaker breaker = PATIENT;
    boolean allowsPrivate = true;
    OptionalInt maxCompletion = OptionalInt.empty();
  }

  static Patience patience(int firstByte, int idle, int total) {
    return new Patience(
        Duration.ofSeconds(1),
        Duration.ofMillis(firstByte),
        Duration.ofMillis(idle),
        Duration.ofMillis(total));
  }

  ModelsUnderTest with(Setup setup, URI address) {
    upstreams.add(
        new UpstreamOptions(
            new ModelHost(
                setup.name,
                new UpstreamUrl(address.resolve("/v1")),
                Optional.of("secret"),
                setup.allowsPrivate),
            new ModelDirectory.Entry(setup.name, setup.models, 100, setup.fallback),
            PRICE,
            setup.patience,
            new Load(
                setup.concurrency,
                4,
                setup.attempts,
                setup.maxRetryAfter,
                setup.maxBodyBytes,
                setup.breaker),
            setup.maxCompletion,
            true));
    return this;
  }

  ModelsUnderTest with(Setup setup) {
    return with(setup, server.uri());
  }

  ModelCalls calls() {
    if (calls == null) {
      calls = new ModelCalls(upstreams, spending, vertx);
    }
    return calls;
  }

  static JsonObject chat() {
    return new JsonObject()
        .put("model", "m")
        .put("max_tokens", 100)
        .put(
            "messages",
            new JsonArray().add(new JsonObject().put("role", "user").put("content", "hi there")));
  }

  static ModelCall call(JsonObject body, Operation operation) {
    return call(body, operation, null, new Cancellation());
  }

  static ModelCall call(
      JsonObject body, Operation operation, @Nullable Duration left, Cancellation cancellation) {
    return new ModelCall(
        CALLER,
        "request-1",
        operation,
        body.getString("model"),
        body,
        Optional.ofNullable(left).map(Instant.now()::plus),
        cancellation);
  }

  WholeAnswer whole(JsonObject body) {
    return get(() -> calls().whole(call(body, Operation.CHAT)));
  }

  Problem refusal(JsonObject body) {
    return refusal(() -> calls().whole(call(body, Operation.CHAT)));
  }

  /** What a stream brought: its chunks, and its problem if it broke off. */
  record Streamed(List<String> chunks, @Nullable Problem problem) {}

  Streamed stream(JsonObject body) {
    List<String> chunks = new CopyOnWriteArrayList<>();
    try {
      get(
          () ->
              calls().stream(call(body.put("stream", true), Operation.CHAT))
                  .compose(answer -> answer.read(chunk -> chunks.add(chunk.text()))));
      return new Streamed(chunks, null);
    } catch (ProblemException e) {
      return new Streamed(chunks, e.problem());
    }
  }

  Problem refusal(Supplier<Future<?>> call) {
    try {
      get(() -> call.get().<Object>map(it -> it));
      throw new AssertionError("it succeeded");
    } catch (ProblemException e) {
      return e.problem();
    }
  }

  /** Runs a call on an event loop, as requests do, and waits for it. */
  <T> T get(Supplier<Future<T>> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        go -> call.get().onSuccess(result::complete).onFailure(result::completeExceptionally));
    try {
      return result.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("it hangs", e);
    }
  }

  /** Permits are given back a moment after the caller hears of the end. */
  void awaitNoneInFlight() {
    long giveUp = System.nanoTime() + 1_000_000_000L;
    while (calls().upstreams().stream().anyMatch(upstream -> upstream.inFlight() > 0)) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("a permit is still held");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    server.close();
    other.close();
  }
}
