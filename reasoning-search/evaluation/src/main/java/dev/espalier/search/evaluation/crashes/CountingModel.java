package dev.espalier.search.evaluation.crashes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** A chat model on a socket that takes its time, and counts the requests of each search. */
final class CountingModel implements AutoCloseable {

  private static final int SHORTEST_MILLIS = 200;
  private static final int SPREAD_MILLIS = 400;
  private static final double FINAL_SHARE = .3;
  private static final int ANSWERS = 5;

  private static final String REPLY =
      """
      {"id": "x", "object": "chat.completion", "model": "counting", "choices": [{"index": 0,
        "message": {"role": "assistant", "content": "%s"}, "finish_reason": "stop",
        "stop_reason": %s}],
       "usage": {"prompt_tokens": 150, "completion_tokens": 12, "total_tokens": 162}}
      """;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, LongAdder> received = new ConcurrentHashMap<>();
  private final Random random;

  CountingModel(long seed) {
    random = new Random(seed);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new CommandException("no free port", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** How many requests of a search have come. */
  long received(String search) {
    LongAdder count = received.get(search);
    return count == null ? 0 : count.sum();
  }

  long received() {
    return received.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String search = String.valueOf(exchange.getRequestHeaders().getFirst("X-Request-Id"));
      received.computeIfAbsent(search, id -> new LongAdder()).increment();
      Pause.of(Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(SPREAD_MILLIS)));
      byte[] body = next().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String next() {
    int number = random.nextInt(ANSWERS);
    return random.nextDouble() < FINAL_SHARE
        ? REPLY.formatted("So it is \\\\boxed{" + number + "}.", "null")
        : REPLY.formatted("Consider case " + random.nextInt() + ".", "\"\\n\\n\"");
  }
}
