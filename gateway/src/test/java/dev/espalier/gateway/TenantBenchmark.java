package dev.espalier.gateway;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a loud tenant costs a quiet one on a running stack: the quiet one reads its conversations at
 * a steady rate, alone and beside another that reads its own at twenty times the rate, in
 * alternating rounds. Both get a key of their own first. Needs nothing but the JDK:
 *
 * <p>{@code java gateway/src/test/java/dev/espalier/gateway/TenantBenchmark.java URL KEY [--rounds
 * 5] [--seconds 20] [--rate 10] [--factor 20]}, with a key that has the scope {@code admin}
 */
public final class TenantBenchmark {

  private static final int THREADS_OF_QUIET = 8;
  private static final int THREADS_OF_LOUD = 64;
  private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");

  private final URI gateway;
  private final String adminKey;
  private final int rounds;
  private final int seconds;
  private final int rate;
  private final int factor;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "benchmark");
            thread.setDaemon(true);
            return thread;
          });

  /** Nanoseconds from when each request was due to its answer, and how many were not answered. */
  private record Round(long[] nanos, int refused) {}

  private TenantBenchmark(URI gateway, String adminKey, Map<String, Integer> options) {
    this.gateway = gateway;
    this.adminKey = adminKey;
    rounds = options.getOrDefault("--rounds", 5);
    seconds = options.getOrDefault("--seconds", 20);
    rate = options.getOrDefault("--rate", 10);
    factor = options.getOrDefault("--factor", 20);
  }

  public static void main(String[] args) throws Exception {
    Map<String, Integer> options = new HashMap<>();
    for (int i = 2; i + 1 < args.length; i += 2) {
      options.put(args[i], Integer.parseInt(args[i + 1]));
    }
    new TenantBenchmark(URI.create(args[0]), args[1], options).run();
  }

  private void run() throws Exception {
    String quiet = tenant("quiet");
    String loud = tenant("loud");
    System.out.printf(
        "%d rounds of %d s, quiet %d requests/s, loud %d requests/s, %d processors, load %.1f%n",
        rounds,
        seconds,
        rate,
        rate * factor,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    // Until the compilers are done.
    round(loud, rate * factor, THREADS_OF_LOUD);
    List<Round> alone = new ArrayList<>();
    List<Round> beside = new ArrayList<>();
    List<Round> ofLoud = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      alone.add(round(quiet, rate, THREADS_OF_QUIET));
      Future<Round> noise = threads.submit(() -> round(loud, rate * factor, THREADS_OF_LOUD));
      beside.add(round(quiet, rate, THREADS_OF_QUIET));
      ofLoud.add(noise.get());
    }
    print("quiet, alone      ", alone);
    print("quiet, beside loud", beside);
    print("loud              ", ofLoud);
    System.out.printf(
        Locale.ROOT,
        "T7: the quiet tenant's p99 beside it is %+.0f %% against alone, its p50 %+.0f %%%n",
        100 * (median(beside, 0.99) / median(alone, 0.99) - 1),
        100 * (median(beside, 0.5) / median(alone, 0.5) - 1));
  }

  /** A new tenant with some conversations; returns its key. */
  private String tenant(String name) throws Exception {
    String id = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    post("/v1/admin/tenants", adminKey, "{\"id\": \"" + id + "\"}");
    Matcher key =
        KEY.matcher(
            post(
                "/v1/admin/keys",
                adminKey,
                "{\"tenant\": \"" + id + "\", \"name\": \"benchmark\", \"scopes\": [\"memory\"]}"));
    if (!key.find()) {
      throw new IOException("the gateway made no key");
    }
    for (int i = 0; i < 20; i++) {
      post("/v1/conversations", key.group(1), "{\"title\": \"number " + i + "\"}");
    }
    return key.group(1);
  }

  private String post(String path, String key, String body) throws Exception {
    HttpResponse<String> response =
        http.send(
            request(path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 201) {
      throw new IOException(path + " answered " + response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key);
  }

  private Round round(String key, int perSecond, int clients) throws Exception {
    long interval = 1_000_000_000L * clients / perSecond;
    long begin = System.nanoTime() + 50_000_000L;
    long end = begin + seconds * 1_000_000_000L;
    List<Future<List<Long>>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      long first = begin + interval * i / clients;
      all.add(threads.submit(() -> ask(key, first, interval, end)));
    }
    List<Long> nanos = new ArrayList<>();
    for (Future<List<Long>> client : all) {
      nanos.addAll(client.get());
    }
    long[] answered = nanos.stream().filter(n -> n >= 0).mapToLong(n -> n).sorted().toArray();
    return new Round(answered, nanos.size() - answered.length);
  }

  /**
   * A request that had to wait for the one before it is timed from when it was due; what is behind
   * when the round is over is not sent.
   */
  private List<Long> ask(String key, long first, long interval, long end) throws Exception {
    HttpRequest request = request("/v1/conversations?limit=20", key).build();
    List<Long> nanos = new ArrayList<>();
    for (long due = first; due < end && System.nanoTime() < end; due += interval) {
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      nanos.add(status == 200 ? System.nanoTime() - due : -1);
    }
    return nanos;
  }

  private static void print(String name, List<Round> rounds) {
    System.out.printf(
        Locale.ROOT,
        "%s  p50 %.1f ms %s  p99 %.1f ms %s  %d answered, %d refused%n",
        name,
        median(rounds, 0.5),
        spread(rounds, 0.5),
        median(rounds, 0.99),
        spread(rounds, 0.99),
        rounds.stream().mapToInt(round -> round.nanos.length).sum(),
        rounds.stream().mapToInt(Round::refused).sum());
  }

  private static double median(List<Round> rounds, double quantile) {
    return each(rounds, quantile)[rounds.size() / 2];
  }

  private static String spread(List<Round> rounds, double quantile) {
    double[] each = each(rounds, quantile);
    return String.format(Locale.ROOT, "[%.1f - %.1f]", each[0], each[each.length - 1]);
  }

  private static double[] each(List<Round> rounds, double quantile) {
    return rounds.stream()
        .mapToDouble(
            round ->
                round.nanos.length == 0
                    ? Double.NaN
                    : round.nanos[(int) (round.nanos.length * quantile)] / 1e6)
        .sorted()
        .toArray();
  }
}
