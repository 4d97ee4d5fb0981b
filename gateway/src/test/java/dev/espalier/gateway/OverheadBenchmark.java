package dev.espalier.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;

/**
 * What the packaged gateway adds to a request: the same POST, straight to a fixed service on the
 * loopback and through the gateway, in alternating rounds over kept connections. Needs nothing but
 * the JDK: {@code java gateway/src/test/java/dev/espalier/gateway/OverheadBenchmark.java}.
 */
public final class OverheadBenchmark {

  private static final String GATEWAY = "gateway/target/quarkus-app/quarkus-run.jar";
  private static final String SHA256_OF_KEY =
      "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";
  private static final int ROUNDS = 10;
  private static final int REQUESTS = 4_000;
  private static final int WARM_UP_ROUNDS = 5;
  private static final String REQUEST_BODY = "q".repeat(500);
  private static final String ANSWER_BODY = "a".repeat(2_000);

  private OverheadBenchmark() {}

  public static void main(String[] args) throws Exception {
    try (ServerSocket service = new ServerSocket(0, 64, InetAddress.getLoopbackAddress())) {
      ExecutorService threads = Executors.newCachedThreadPool(OverheadBenchmark::daemon);
      threads.execute(() -> serve(service, threads));
      int gatewayPort = freePort();
      Process gateway = startGateway(gatewayPort, service.getLocalPort());
      try {
        awaitPort(gatewayPort);
        System.out.printf(
            "POST %d bytes, answer %d bytes, %d rounds of %d requests, %d processors, Java %s%n",
            REQUEST_BODY.length(),
            ANSWER_BODY.length(),
            ROUNDS,
            REQUESTS,
            Runtime.getRuntime().availableProcessors(),
            Runtime.version());
        compare(service.getLocalPort(), gatewayPort, 1, threads);
        compare(service.getLocalPort(), gatewayPort, 8, threads);
      } finally {
        gateway.destroy();
        gateway.waitFor();
      }
    }
  }

  private static void compare(int direct, int gateway, int connections, ExecutorService threads)
      throws Exception {
    List<long[]> straight = new ArrayList<>();
    List<long[]> through = new ArrayList<>();
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      long[] one = round(direct, connections, threads);
      long[] other = round(gateway, connections, threads);
      if (round >= 0) {
        straight.add(one);
        through.add(other);
      }
    }
    System.out.printf(
        "%d connection(s), milliseconds: median of rounds [min - max]%n", connections);
    print("direct ", straight);
    print("gateway", through);
    System.out.printf(
        Locale.ROOT,
        "  added    p50 %.3f  p99 %.3f%n",
        median(through, 0.5) - median(straight, 0.5),
        median(through, 0.99) - median(straight, 0.99));
  }

  private static void print(String name, List<long[]> rounds) {
    System.out.printf(
        Locale.ROOT,
        "  %s  p50 %.3f [%.3f - %.3f]  p99 %.3f [%.3f - %.3f]%n",
        name,
        median(rounds, 0.5),
        extreme(rounds, 0.5, true),
        extreme(rounds, 0.5, false),
        median(rounds, 0.99),
        extreme(rounds, 0.99, true),
        extreme(rounds, 0.99, false));
  }

  private static double median(List<long[]> rounds, double quantile) {
    return rounds.stream().mapToLong(at(quantile)).sorted().toArray()[rounds.size() / 2] / 1e6;
  }

  private static double extreme(List<long[]> rounds, double quantile, boolean isLeast) {
    long[] sorted = rounds.stream().mapToLong(at(quantile)).sorted().toArray();
    return sorted[isLeast ? 0 : sorted.length - 1] / 1e6;
  }

  private static ToLongFunction<long[]> at(double quantile) {
    return round -> round[(int) (round.length * quantile)];
  }

  /** The sorted nanoseconds of one round. */
  private static long[] round(int port, int connections, ExecutorService threads) throws Exception {
    List<Future<long[]>> clients = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      clients.add(threads.submit(() -> ask(port, REQUESTS / connections)));
    }
    long[] all = new long[0];
    for (Future<long[]> client : clients) {
      long[] some = client.get();
      long[] more = Arrays.copyOf(all, all.length + some.length);
      System.arraycopy(some, 0, more, all.length, some.length);
      all = more;
    }
    Arrays.sort(all);
    return all;
  }

  private static long[] ask(int port, int requests) throws IOException {
    String head =
        "POST /v1/conversations/1/recall HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + "Authorization: Bearer key\r\nContent-Type: application/json\r\nContent-Length: ";
    byte[] request =
        (head + REQUEST_BODY.length() + "\r\n\r\n" + REQUEST_BODY).getBytes(ISO_8859_1);
    long[] nanos = new long[requests];
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int i = 0; i < requests; i++) {
        long start = System.nanoTime();
        socket.getOutputStream().write(request);
        int length = skipHead(in, "HTTP/1.1 200");
        in.skipNBytes(length);
        nanos[i] = System.nanoTime() - start;
      }
    }
    return nanos;
  }

  private static void serve(ServerSocket service, ExecutorService threads) {
    while (!service.isClosed()) {
      try {
        Socket connection = service.accept();
        threads.execute(() -> answer(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(Socket connection) {
    byte[] answer =
        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + ANSWER_BODY.length()
                + "\r\n\r\n"
                + ANSWER_BODY)
            .getBytes(ISO_8859_1);
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (true) {
        in.skipNBytes(skipHead(in, ""));
        connection.getOutputStream().write(answer);
      }
    } catch (IOException e) {
      // The client is done.
    }
  }

  /** Reads up to the body and returns its length. */
  private static int skipHead(InputStream in, String firstLine) throws IOException {
    int length = 0;
    String line = line(in);
    if (!line.startsWith(firstLine)) {
      throw new IOException("unexpected: " + line);
    }
    for (line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
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

  private static Process startGateway(int port, int servicePort) throws IOException {
    ProcessBuilder gateway =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"), "-jar", GATEWAY);
    gateway
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "ESPALIER_GATEWAY_SERVICES_MEMORY_URL",
                "http://127.0.0.1:" + servicePort,
                "ESPALIER_GATEWAY_KEYS_LOCAL_SHA256",
                SHA256_OF_KEY,
                "ESPALIER_GATEWAY_KEYS_LOCAL_TENANT",
                "local"));
    return gateway
        .redirectErrorStream(true)
        .redirectOutput(File.createTempFile("gateway", ".log"))
        .start();
  }

  private static void awaitPort(int port) throws IOException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (ConnectException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException("the gateway did not start; was it packaged?", e);
        }
        Thread.onSpinWait();
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }
}
