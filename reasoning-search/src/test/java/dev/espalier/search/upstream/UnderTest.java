package dev.espalier.search.upstream;

import dev.espalier.protocol.egress.UpstreamUrl;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.port.CallMeter;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.upstream.http.ApiKey;
import dev.espalier.search.upstream.http.Load;
import dev.espalier.search.upstream.http.Patience;
import dev.espalier.search.upstream.http.Target;
import dev.espalier.search.upstream.http.UpstreamClient;
import dev.espalier.search.upstream.model.Continuation;
import dev.espalier.search.upstream.model.Dialect;
import dev.espalier.search.upstream.model.Habits;
import dev.espalier.search.upstream.model.ModelProposer;
import dev.espalier.search.upstream.model.Sampling;
import dev.espalier.testkit.ScriptedServer;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A scripted server, and the clients of it. */
public final class UnderTest implements AutoCloseable {

  public static final String KEY = "canary-of-the-key";
  public static final Load.Breaker PATIENT = new Load.Breaker(1000, 1, Duration.ofSeconds(1));
  public static final Dialect PLAIN = dialect(true, true, Continuation.NONE);
  private static final Vertx VERTX = Vertx.vertx();

  public final ScriptedServer server = ScriptedServer.start();
  public final RecordingMeter meter = new RecordingMeter();
  public final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<UpstreamClient> clients = new ArrayList<>();

  public UpstreamClient client() {
    return client(patience(2000), new Load(4, 3, 1 << 20, PATIENT));
  }

  public UpstreamClient client(Patience patience, Load load) {
    return client(server.uri(), patience, load);
  }

  public UpstreamClient client(URI base, Patience patience, Load load) {
    return client(
        new Target("llm", new UpstreamUrl(base), Optional.of(new ApiKey(KEY)), true, false),
        patience,
        load);
  }

  /** Of an upstream that may know whose search it works for. */
  public UpstreamClient trusted(Patience patience, Load load) {
    return client(
        new Target("ours", new UpstreamUrl(server.uri()), Optional.empty(), true, true),
        patience,
        load);
  }

  private UpstreamClient client(Target target, Patience patience, Load load) {
    UpstreamClient client = new UpstreamClient(target, patience, load, VERTX, Clock.systemUTC());
    clients.add(client);
    return client;
  }

  public static Patience patience(long millis) {
    Duration all = Duration.ofMillis(millis);
    return new Patience(Duration.ofMillis(500), all, all, all);
  }

  public static Dialect dialect(boolean n, boolean logprobs, Continuation continuation) {
    return new Dialect(
        n, logprobs, false, true, continuation, "max_tokens", null, "<extra_0>", false);
  }

  public ModelProposer chat(Dialect dialect) {
    return ModelProposer.chat(
        client(), dialect, new Sampling("m", 0.7, 100), Price.FREE, new Habits(), threads);
  }

  public CallContext context() {
    return context(Duration.ofSeconds(20));
  }

  public CallContext context(Duration left) {
    return context(left, meter);
  }

  public static CallContext context(Duration left, CallMeter meter) {
    return new CallContext("tenant", "request-1", Instant.now().plus(left), meter);
  }

  public static Need.Propose propose(int count, String... steps) {
    return new Need.Propose(0, 0, List.of(steps), List.of(), count, 7);
  }

  public static Need.Score score(List<String> steps, String... representatives) {
    List<Candidate> candidates = candidates(representatives);
    return new Need.Score(0, 0, steps, candidates, candidates.stream().map(c -> 1).toList());
  }

  public static Need.Group group(String... steps) {
    return new Need.Group(0, 0, List.of(), candidates(steps));
  }

  public static List<Candidate> candidates(String... texts) {
    return Arrays.stream(texts).map(text -> new Candidate(text, null, 1, false, null)).toList();
  }

  @Override
  public void close() {
    clients.forEach(UpstreamClient::close);
    threads.shutdownNow();
    server.close();
  }
}
