package dev.espalier.helm.rehearsal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are certainly in flight: their heads and half of their bodies are sent, and the
 * rest when we say so.
 */
final class HeldRequests {

  private static final int PATIENCE_MILLIS = 60_000;

  private record Held(Socket socket, byte[] rest) {}

  private final InetSocketAddress address;
  private final String key;
  private final List<Held> held = new ArrayList<>();

  HeldRequests(InetSocketAddress address, String key) {
    this.address = address;
    this.key = key;
  }

  void begin(String path, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    int half = bytes.length / 2;
    String head =
        """
        POST %s HTTP/1.1\r
        Host: gateway\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(path, key, bytes.length);
    try {
      Socket socket = new Socket();
      socket.connect(address, 5000);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      socket.getOutputStream().write(bytes, 0, half);
      socket.getOutputStream().flush();
      held.add(new Held(socket, Arrays.copyOfRange(bytes, half, bytes.length)));
    } catch (IOException e) {
      throw new RehearsalException("a request could not even begin", e);
    }
  }

  int size() {
    return held.size();
  }

  /**
   * Sends the rest of all, and gives what was answered within a minute: status lines, or what went
   * wrong.
   */
  List<String> finish() {
    List<String> answers = new ArrayList<>();
    for (Held request : held) {
      try {
        request.socket().getOutputStream().write(request.rest());
        request.socket().getOutputStream().flush();
      } catch (IOException e) {
        // Reading says what happened.
      }
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    for (Held request : held) {
      answers.add(answer(request.socket(), end));
    }
    held.clear();
    return answers;
  }

  private static String answer(Socket socket, long end) {
    try (socket) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      socket.setSoTimeout((int) Math.max(left, 1));
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      @Nullable String status = reader.readLine();
      return status == null ? "closed without an answer" : status;
    } catch (IOException e) {
      return e.toString();
    }
  }
}
