package dev.espalier.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * What the packaged gateway adds to a chat: the same requests straight to a fixed model that thinks
 * for 50 ms, and through the gateway, in alternating rounds at 500 requests a second over kept
 * connections. Then a stream of 10,000 chunks, and a soak that watches the heap. Model, gateway and
 * clients share the machine. Needs nothing but the JDK and the packaged gateway:
 *
 * <p>{@code java gateway/src/test/java/dev/espalier/gateway/ModelBenchmark.java [--rounds 5]
 * [--seconds 10] [--rate 500] [--soak MINUTES]}
 */
public final class ModelBenchmark {

  private static final String GATEWAY = "gateway/target/quarkus-app/quarkus-run.jar";
  private static final String SHA256_OF_KEY =
      "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";
  private static final long THINKING_NANOS = 50_000_000;
  private static final int CHUNKS = 10;
  private static final int MANY_CHUNKS = 10_000;
  private static final int MAX_CONNECTIONS = 256;

  private static final String CHUNK =
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},\"finish_reason\":null}]}\n\n";
  private static final String LAST =
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
          + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
          + "data: [DONE]\n\n";
  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{"
          + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
          + "word ".repeat(100)
          + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":120,"
          + "\"completion_tokens\":100,\"total_tokens\":220}}";

  private final int rounds;
  private final int seconds;
  private final int rate;
  private final int soakMinutes;
  private final ExecutorService threads = Executors.newCachedThreadPool(ModelBenchmark::daemon);

  /** Nanoseconds of one request: until its first byte of content, and until its end. */
  private record Timing(long first, long all) {}

  private ModelBenchmark(Map<String, Integer> options) {
    rounds = options.getOrDefault("--rounds", 5);
    seconds = options.getOrDefault("--seconds", 10);
    rate = options.getOrDefault("--rate", 500);
    soakMinutes = options.getOrDefault("--soak", 0);
  }

  public static void main(String[] args) throws Exception {
    Map<String, Integer> options = new HashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], Integer.parseInt(args[i + 1]));
    }
    new ModelBenchmark(options).run();
  }

  private void run() throws Exception {
    try (ServerSocket model = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> serve(model));
      int port = freePort();
      Process gateway = startGateway(port, model.getLocalPort());
      try {
        awaitPort(port);
        System.out.printf(
            "%d rounds of %d s at %d requests/s, %d processors, load %s, Java %s%n",
            rounds,
            seconds,
            rate,
            Runtime.getRuntime().availableProcessors(),
            load(),
            Runtime.version());
        // Both code paths, until the compiler is done with them.
        round(port, 64, false, seconds);
        round(port, 64, true, seconds);
        for (int connections : new int[] {1, 64, MAX_CONNECTIONS}) {
          compare(model.getLocalPort(), port, gateway, connections, false);
          compare(model.getLocalPort(), port, gateway, connections, true);
        }
        longStream(model.getLocalPort(), port);
        if (soakMinutes > 0) {
          soak(port, gateway.pid());
        }
      } finally {
        gateway.destroy();
        gateway.waitFor();
      }
    }
  }

  private void compare(int direct, int gateway, Process process, int connections, boolean isStream)
      throws Exception {
    List<Timing[]> straight = new ArrayList<>();
    List<Timing[]> through = new ArrayList<>();
    List<Double> cpuMillis = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      straight.add(round(direct, connections, isStream, seconds));
      Duration before = cpu(process);
      Timing[] round = round(gateway, connections, isStream, seconds);
      cpuMillis.add(cpu(process).minus(before).toNanos() / 1e6 / round.length);
      through.add(round);
    }
    cpuMillis.sort(null);
    System.out.printf(
        "%d connection(s), %s, %d requests a round, milliseconds: median of rounds [min - max],"
            + " load %s%n",
        connections, isStream ? "streamed" : "whole", through.get(0).length, load());
    print("direct ", straight, isStream);
    print("gateway", through, isStream);
    System.out.printf(Locale.ROOT, "  added  ");
    for (boolean isFirst : isStream ? new boolean[] {true, false} : new boolean[] {false}) {
      System.out.printf(
          Locale.ROOT,
          " %s p50 %.3f p99 %.3f ",
          isFirst ? "first chunk" : "all",
          median(through, isFirst, 0.5) - median(straight, isFirst, 0.5),
          median(through, isFirst, 0.99) - median(straight, isFirst, 0.99));
    }
    System.out.printf(
        Locale.ROOT,
        "%n  processor time of the gateway: %.3f a request%n",
        cpuMillis.get(cpuMillis.size() / 2));
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void print(String name, List<Timing[]> rounds, boolean isStream) {
    System.out.printf("  %s", name);
    for (boolean isFirst : isStream ? new boolean[] {true, false} : new boolean[] {false}) {
      for (double quantile : new double[] {0.5, 0.99}) {
        double[] each =
            rounds.stream().mapToDouble(it -> quantile(it, isFirst, quantile)).sorted().toArray();
        System.out.printf(
            Locale.ROOT,
            "  %s p%d %.3f [%.3f - %.3f]",
            isFirst ? "first chunk" : "all",
            Math.round(quantile * 100),
            each[each.length / 2],
            each[0],
            each[each.length - 1]);
      }
    }
    System.out.println();
  }

  private static double median(List<Timing[]> rounds, boolean isFirst, double quantile) {
    return rounds.stream()
        .mapToDouble(it -> quantile(it, isFirst, quantile))
        .sorted()
        .toArray()[rounds.size() / 2];
  }

  private static double quantile(Timing[] round, boolean isFirst, double quantile) {
    long[] nanos =
        Arrays.stream(round).mapToLong(it -> isFirst ? it.first : it.all).sorted().toArray();
    return nanos[(int) (nanos.length * quantile)] / 1e6;
  }

  private Timing[] round(int port, int connections, boolean isStream, int forSeconds)
      throws Exception {
    long interval = 1_000_000_000L * connections / rate;
    long begin = System.nanoTime() + 50_000_000L;
    long end = begin + forSeconds * 1_000_000_000L;
    List<Future<List<Timing>>> clients = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      long first = begin + interval * i / connections;
      clients.add(threads.submit(() -> ask(port, isStream, first, interval, end)));
    }
    List<Timing> all = new ArrayList<>();
    for (Future<List<Timing>> client : clients) {
      all.addAll(client.get());
    }
    return all.toArray(Timing[]::new);
  }

  /** A request that had to wait for the one before it is timed from when it was due. */
  private static List<Timing> ask(int port, boolean isStream, long first, long interval, long end)
      throws IOException {
    byte[] request = request(isStream, CHUNKS);
    // One connection alone cannot reach the rate: it asks as fast as it is answered.
    boolean isPaced = interval > 2 * THINKING_NANOS;
    List<Timing> timings = new ArrayList<>();
    try (Socket socket = connect(port)) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
      for (long due = first; due < end; due += interval) {
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        long start = isPaced ? due : System.nanoTime();
        socket.getOutputStream().write(request);
        long firstByte = readAnswer(in, isStream ? CHUNKS : 0);
        timings.add(new Timing(firstByte - start, System.nanoTime() - start));
        if (!isPaced) {
          due = Math.max(due, System.nanoTime() - interval);
        }
      }
    }
    return timings;
  }

  private static void longStream(int direct, int gateway) throws IOException {
    for (int port : new int[] {direct, gateway, direct, gateway, direct, gateway}) {
      try (Socket socket = connect(port)) {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
        long start = System.nanoTime();
        socket.getOutputStream().write(request(true, MANY_CHUNKS));
        readAnswer(in, MANY_CHUNKS);
        System.out.printf(
            Locale.ROOT,
            "stream of %d chunks, %s: %.1f ms, all chunks there%n",
            MANY_CHUNKS,
            port == direct ? "direct" : "gateway",
            (System.nanoTime() - start) / 1e6);
      }
    }
  }

  private void soak(int port, long pid) throws Exception {
    System.out.printf("soak of %d minutes, half of the requests streamed%n", soakMinutes);
    System.out.printf("  minute 0: live heap %s, resident %s%n", liveHeap(pid), resident(pid));
    for (int minute = 1; minute <= soakMinutes; minute++) {
      int requests = round(port, 64, true, 30).length + round(port, 64, false, 30).length;
      System.out.printf(
          "  minute %d: %d requests, live heap %s, resident %s, load %s%n",
          minute, requests, liveHeap(pid), resident(pid), load());
    }
  }

  /** After a full collection. */
  private static String liveHeap(long pid) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String total = "";
    for (String line : new String(jcmd.getInputStream().readAllBytes(), ISO_8859_1).split("\n")) {
      total = line.startsWith("Total") ? line : total;
    }
    jcmd.waitFor();
    String[] words = total.strip().split("\\s+");
    return words.length < 3 ? "unknown" : Long.parseLong(words[2]) / 1024 + " KiB";
  }

  private static String resident(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .map(line -> line.substring(6).strip())
            .orElse("unknown")
        : "unknown";
  }

  private static byte[] request(boolean isStream, int chunks) {
    String body =
        "{\"model\":\"m\",\"max_tokens\":"
            + Math.max(1, chunks)
            + ",\"stream\":"
            + isStream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\""
            + "q".repeat(480)
            + "\"}]}";
    return ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer key\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(ISO_8859_1);
  }

  /** Reads an answer to its end and returns when its content began. */
  private static long readAnswer(InputStream in, int chunks) throws IOException {
    int length = skipHead(in, "HTTP/1.1 200");
    if (length >= 0) {
      long first = System.nanoTime();
      in.skipNBytes(length);
      return first;
    }
    long first = 0;
    int events = 0;
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      first = first == 0 ? System.nanoTime() : first;
      byte[] chunk = in.readNBytes(size);
      for (int i = 0; i + 1 < chunk.length; i++) {
        events += chunk[i] == '\n' && chunk[i + 1] == '\n' ? 1 : 0;
      }
      line(in);
    }
    line(in);
    // The chunks, the one with the reason, and the mark of the end.
    if (events != chunks + 2) {
      throw new IOException(events + " events instead of " + (chunks + 2));
    }
    return first;
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).strip(), 16);
  }

  private void serve(ServerSocket model) {
    while (!model.isClosed()) {
      try {
        Socket connection = model.accept();
        threads.execute(() -> answer(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Thinks for 50 ms and answers; {@code max_tokens} says with how many chunks. */
  private static void answer(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      while (true) {
        int length = skipHead(in, "POST");
        long due = System.nanoTime() + THINKING_NANOS;
        String body = new String(in.readNBytes(length), ISO_8859_1);
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        if (body.contains("\"stream\":true")) {
          int chunks = Integer.parseInt(body.replaceFirst("(?s).*\"max_tokens\":(\\d+).*", "$1"));
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n")
                  .getBytes(ISO_8859_1));
          for (int i = 0; i < chunks; i++) {
            out.write(chunk(CHUNK));
          }
          out.write(chunk(LAST));
          out.write("0\r\n\r\n".getBytes(ISO_8859_1));
        } else {
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                      + ANSWER.length()
                      + "\r\n\r\n"
                      + ANSWER)
                  .getBytes(ISO_8859_1));
        }
      }
    } catch (IOException e) {
      // The client is done.
    }
  }

  private static byte[] chunk(String text) {
    return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(ISO_8859_1);
  }

  /** Reads up to the body and returns its length, or -1 for one in chunks. */
  private static int skipHead(InputStream in, String firstLine) throws IOException {
    int length = 0;
    String line = line(in);
    if (!line.startsWith(firstLine)) {
      throw new IOException("unexpected: " + line);
    }
    for (line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      } else if (line.regionMatches(true, 0, "transfer-encoding:", 0, 18)) {
        length = -1;
      }
    }
    return length;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** As the launcher starts it, in front of the fixed model. */
  private static Process startGateway(int port, int modelPort) throws IOException {
    ProcessBuilder gateway =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-jar",
            GATEWAY);
    String upstream = "ESPALIER_GATEWAY_LLM_UPSTREAMS_FIXED_";
    gateway
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "ESPALIER_GATEWAY_KEYS_LOCAL_SHA256",
                SHA256_OF_KEY,
                "ESPALIER_GATEWAY_KEYS_LOCAL_TENANT",
                "local",
                upstream + "URL",
                "http://127.0.0.1:" + modelPort + "/v1",
                upstream + "ALLOW_PRIVATE_ADDRESSES",
                "true",
                upstream + "MAX_CONCURRENCY",
                Integer.toString(2 * MAX_CONNECTIONS),
                upstream + "PRICE_PROMPT",
                "1"));
    return gateway
        .redirectErrorStream(true)
        .redirectOutput(File.createTempFile("gateway", ".log"))
        .start();
  }

  private static void awaitPort(int port) throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (ConnectException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException("the gateway did not start; was it packaged?", e);
        }
        LockSupport.parkNanos(50_000_000L);
      }
    }
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(Locale.ROOT, "%.1f", load);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(null, task, "benchmark", 256 << 10);
    thread.setDaemon(true);
    return thread;
  }
}
