package dev.espalier.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * An HTTP server on a loopback socket that answers from a script and remembers what it was asked.
 *
 * <p>Each request takes the next scripted reply; when the script is at its end, the reply of {@link
 * #otherwise} is given, which is a 404 unless set.
 */
public final class ScriptedServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServerSocket socket;
  private final ExecutorService threads;
  private final Queue<Function<ReceivedRequest, Reply>> script = new ConcurrentLinkedQueue<>();
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<ReceivedRequest> arrivals = new LinkedBlockingQueue<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile Function<ReceivedRequest, Reply> otherwise = request -> Reply.status(404);

  private ScriptedServer(ServerSocket socket, ExecutorService threads) {
    this.socket = socket;
    this.threads = threads;
  }

  public static ScriptedServer start() {
    try {
      var socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
      ExecutorService threads =
          Executors.newCachedThreadPool(
              task -> {
                Thread thread = new Thread(task, "scripted-server");
                thread.setDaemon(true);
                return thread;
              });
      ScriptedServer server = new ScriptedServer(socket, threads);
      threads.execute(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address without a path. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Appends replies to the script. */
  public ScriptedServer reply(Reply... replies) {
    for (Reply reply : replies) {
      reply(request -> reply);
    }
    return this;
  }

  /** Appends a reply that depends on the request. */
  public ScriptedServer reply(Function<ReceivedRequest, Reply> reply) {
    script.add(reply);
    return this;
  }

  /** What every request gets that the script does not cover. */
  public ScriptedServer otherwise(Function<ReceivedRequest, Reply> reply) {
    otherwise = reply;
    return this;
  }

  /** All requests so far, in the order of their arrival. */
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /** The next request that was not awaited yet. */
  public ReceivedRequest awaitRequest() throws InterruptedException {
    ReceivedRequest request = arrivals.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (request == null) {
      throw new AssertionError("no request within " + PATIENCE);
    }
    return request;
  }

  @Override
  public void close() {
    closeQuietly(socket);
    connections.forEach(ScriptedServer::closeQuietly);
    threads.shutdownNow();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    ReceivedRequest current = null;
    try (HttpWire wire = new HttpWire(connection)) {
      boolean isOpen = true;
      while (isOpen) {
        current = null;
        Optional<ReceivedRequest> received = wire.read();
        if (received.isEmpty()) {
          return;
        }
        current = received.get();
        requests.add(current);
        arrivals.add(current);
        Function<ReceivedRequest, Reply> scripted = script.poll();
        Reply reply = (scripted == null ? otherwise : scripted).apply(current);
        isOpen = wire.play(reply);
      }
    } catch (IOException e) {
      if (current != null) {
        current.clientGone().complete(null);
      }
    } finally {
      connections.remove(connection);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // It is going away in any case.
    }
  }
}
