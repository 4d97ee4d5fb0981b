package dev.espalier.helm.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Passes connections on, as kube-proxy does: each goes to whoever is an endpoint when it comes, and
 * stays there.
 */
final class Relay implements AutoCloseable {

  private static final int BACKLOG = 512;

  private final ServerSocket listener;
  private final Supplier<Optional<InetSocketAddress>> endpoint;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "relay");
            thread.setDaemon(true);
            return thread;
          });

  Relay(String address, int port, Supplier<Optional<InetSocketAddress>> endpoint) {
    this.endpoint = endpoint;
    try {
      listener = new ServerSocket(port, BACKLOG, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new RehearsalException("cannot listen on " + address + ":" + port, e);
    }
    threads.execute(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        threads.execute(() -> connect(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void connect(Socket client) {
    try (client;
        Socket server = new Socket()) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Optional<InetSocketAddress> target = endpoint.get();
      if (target.isEmpty()) {
        client.setSoLinger(true, 0);
        return;
      }
      server.connect(target.get(), 2000);
      threads.execute(() -> copy(server, client));
      copy(client, server);
      // What still comes back is passed on; the end of that closes both.
      awaitEnd(client);
    } catch (IOException e) {
      // Either side is gone, and with it the connection.
    }
  }

  private static void awaitEnd(Socket socket) throws IOException {
    synchronized (socket) {
      while (!socket.isOutputShutdown() && !socket.isClosed()) {
        try {
          socket.wait(1000);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException(e);
        }
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      abort(from);
      abort(to);
    }
    synchronized (to) {
      to.notifyAll();
    }
  }

  /** Makes a broken connection look broken on the other side too. */
  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new RehearsalException("cannot close a relay", e);
    }
    threads.shutdownNow();
  }
}
