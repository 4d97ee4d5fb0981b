package dev.espalier.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The usual call of each service on a stack of its own, one kind after another: eight clients that
 * call without a pause, each the moment it has its answer. Started by {@code helm/tests/sizes.sh},
 * which gives the stack one core and this process another; needs nothing but the JDK.
 *
 * <p>Arguments: the port of the gateway, its key, the ports of memory-service,
 * equivalence-detector, reasoning-search and kg-reasoner, and the one on which the gateway finds
 * its model.
 */
public final class SizesBenchmark {

  private static final int CLIENTS = 8;
  private static final int WARM_UP_SECONDS = 10;
  private static final int SECONDS = 20;
  private static final int TURNS = 200;
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern STATUS = Pattern.compile("\"status\":\"([^\"]+)\"");

  private static final String MODELS_ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{"
          + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
          + "word ".repeat(100)
          + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":120,"
          + "\"completion_tokens\":100,\"total_tokens\":220}}";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private SizesBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    String gateway = "http://127.0.0.1:" + arguments[0];
    String key = arguments[1];
    String memory = "http://127.0.0.1:" + arguments[2];
    HttpServer model = model(Integer.parseInt(arguments[6]));
    System.out.printf("load %s%n", Files.readString(Path.of("/proc/loadavg")).strip());
    System.out.printf(
        "%-38s %9s %8s %8s %8s %6s%n", "call", "a second", "p50 ms", "p95 ms", "CPU ms", "MiB");

    String conversation =
        memory + "/v1/conversations/" + id(post(memory + "/v1/conversations", key, "{}"));
    for (int i = 0; i < TURNS; i += 100) {
      post(conversation + "/turns", key, turns(i, 100));
    }
    String look = "{\"query\": \"w1\", \"k\": 1, \"mode\": \"lexical\"}";
    await(
        () ->
            post(conversation + "/recall", key, look).contains("\"embedded_through_seq\":" + TURNS),
        600);
    List<String> others = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      others.add(memory + "/v1/conversations/" + id(post(memory + "/v1/conversations", key, "{}")));
    }
    measure(
        "memory: recall among 200 turns",
        "memory-service",
        i -> post(conversation + "/recall", key, "{\"query\": \"" + words(i) + "\", \"k\": 5}"));
    measure(
        "memory: append of a turn",
        "memory-service",
        i -> post(others.get(i % CLIENTS) + "/turns", key, turns(i, 1)));

    String groups = "http://127.0.0.1:" + arguments[3] + "/v1/equivalence/groups";
    measure("equivalence: ten steps", "equivalence-detector", i -> post(groups, key, steps(i)));

    String searches = "http://127.0.0.1:" + arguments[4] + "/v1/searches";
    measure(
        "reasoning: a search of 32 simulations", "reasoning-search", i -> search(searches, key, i));

    String graph = graph("http://127.0.0.1:" + arguments[5], key);
    measure(
        "kg: question about 360 people",
        "kg-reasoner",
        i ->
            post(
                graph + "/query",
                key,
                "{\"head\": \"p%dc1\", \"relation\": \"grandparent\", \"k\": 2}"
                    .formatted(i % 60)));

    measure(
        "gateway: chat, model at once",
        "gateway",
        i ->
            post(
                gateway + "/v1/chat/completions",
                key,
                "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \""
                    + words(i)
                    + "\"}]}"));
    model.stop(0);
    System.out.printf("load %s%n", Files.readString(Path.of("/proc/loadavg")).strip());
  }

  private static void measure(String what, String service, IntConsumer call) throws Exception {
    ProcessHandle process = process(System.getProperty("root") + "/" + service);
    run(WARM_UP_SECONDS, call);
    Duration before = process.info().totalCpuDuration().orElseThrow();
    List<Long> nanos = run(SECONDS, call);
    Duration cpu = process.info().totalCpuDuration().orElseThrow().minus(before);
    Collections.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-38s %9.1f %8.1f %8.1f %8.1f %6d%n",
        what,
        nanos.size() / (double) SECONDS,
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get(nanos.size() * 95 / 100) / 1e6,
        (double) cpu.toMillis() / nanos.size(),
        mebibytes(process));
  }

  private static List<Long> run(int seconds, IntConsumer call) throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<List<Long>>> parts = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int first = client;
      parts.add(
          clients.submit(
              () -> {
                List<Long> nanos = new ArrayList<>();
                for (int i = first; System.nanoTime() < end; i += CLIENTS) {
                  long start = System.nanoTime();
                  call.accept(i);
                  nanos.add(System.nanoTime() - start);
                }
                return nanos;
              }));
    }
    List<Long> all = new ArrayList<>();
    for (Future<List<Long>> part : parts) {
      all.addAll(part.get());
    }
    clients.shutdown();
    return all;
  }

  private static void search(String searches, String key, int i) {
    String id =
        id(
            post(
                searches,
                key,
                """
        {"problem": "Use 1 3 4 6 to make 24", "proposer": {"type": "arithmetic"}, "seed": %d,
         "strategy": {"type": "mcts", "simulations": 32}}
        """
                    .formatted(i)));
    await(
        () -> {
          String status = first(STATUS, text(searches + "/" + id, key));
          return !status.equals("queued") && !status.equals("running");
        },
        60);
  }

  /** Families of three generations, and a model of a minute at most. */
  private static String graph(String service, String key) throws IOException, InterruptedException {
    String graph =
        service + "/v1/kgs/" + id(post(service + "/v1/kgs", key, "{\"name\": \"Sizes\"}"));
    String facts =
        IntStream.range(0, 60).mapToObj(SizesBenchmark::family).collect(Collectors.joining());
    HttpRequest upload =
        request(graph + "/triples", key)
            .header("Content-Type", "text/tab-separated-values")
            .POST(BodyPublishers.ofString(facts))
            .build();
    send(upload);
    String job =
        id(
            post(
                graph + "/models",
                key,
                "{\"seed\": 1, \"budget_seconds\": 60, \"config\": {\"layers\": 3, \"epochs\": 4}}"));
    await(() -> first(STATUS, text(service + "/v1/jobs/" + job, key)).equals("succeeded"), 300);
    return graph;
  }

  private static String family(int number) {
    String oldest = "p" + number;
    return Stream.of("c", "d")
        .flatMap(
            parent ->
                Stream.concat(
                    Stream.of("a", "b").map(it -> line(oldest + parent, "parent", oldest + it)),
                    Stream.of("1", "2")
                        .flatMap(
                            child ->
                                Stream.of(
                                    line(oldest + parent + child, "parent", oldest + parent),
                                    line(oldest + parent + child, "grandparent", oldest + "a"),
                                    line(oldest + parent + child, "grandparent", oldest + "b")))))
        .collect(Collectors.joining());
  }

  private static String line(String who, String relation, String whom) {
    return who + "\t" + relation + "\t" + whom + "\n";
  }

  private static String turns(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "{\"role\": \"user\", \"content\": \"" + words(i) + "\"}")
        .collect(Collectors.joining(",", "{\"turns\": [", "]}"));
  }

  /** Ten steps of one problem, half of them in other words. */
  private static String steps(int i) {
    return IntStream.range(0, 10)
        .mapToObj(
            step ->
                "{\"id\": \"%d\", \"text\": \"%s %d * %d = %d rolls.\"}"
                    .formatted(
                        step,
                        step % 2 == 0 ? "There are" : "The baker has in total",
                        i % 50 + step / 2,
                        12,
                        (i % 50 + step / 2) * 12))
        .collect(
            Collectors.joining(
                ",", "{\"problem\": \"How many rolls are left?\", \"steps\": [", "]}"));
  }

  /** Some twenty words that differ from call to call. */
  private static String words(int i) {
    return IntStream.range(0, 20)
        .mapToObj(word -> "w" + Math.floorMod((i + 1L) * 7919 * (word + 3), 5000L))
        .collect(Collectors.joining(" "));
  }

  private static HttpServer model(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
    server.setExecutor(
        Executors.newFixedThreadPool(
            CLIENTS,
            task -> {
              Thread thread = new Thread(task, "model");
              thread.setDaemon(true);
              return thread;
            }));
    byte[] answer = MODELS_ANSWER.getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static ProcessHandle process(String module) {
    return ProcessHandle.allProcesses()
        .filter(it -> commandLine(it).contains(module + "/target/quarkus-app"))
        .findFirst()
        .orElseThrow();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return "";
    }
  }

  /** What a process holds, shared pages divided among those that share them. */
  private static long mebibytes(ProcessHandle process) throws IOException {
    Path file = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
    Matcher pss = Pattern.compile("Pss: +(\\d+)").matcher(Files.readString(file));
    return pss.find() ? Long.parseLong(pss.group(1)) / 1024 : 0;
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition, int seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not so within " + seconds + " s");
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static String id(String answer) {
    return first(ID, answer);
  }

  private static String first(Pattern pattern, String answer) {
    Matcher found = pattern.matcher(answer);
    if (!found.find()) {
      throw new IllegalStateException(answer);
    }
    return found.group(1);
  }

  private static String text(String url, String key) {
    return send(request(url, key).GET().build());
  }

  private static String post(String url, String key, String body) {
    return send(
        request(url, key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static HttpRequest.Builder request(String url, String key) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + key)
        .header("X-Espalier-Tenant", "sizes");
  }

  private static String send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            request.uri() + ": " + response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
