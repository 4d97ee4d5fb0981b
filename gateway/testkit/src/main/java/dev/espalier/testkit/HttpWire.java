package dev.espalier.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** HTTP/1.1 on one connection, as much of it as a scripted server needs. */
final class HttpWire implements AutoCloseable {

  private static final int FOREVER = 0;

  private final Socket socket;
  private final PushbackInputStream in;
  private final OutputStream out;

  HttpWire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new PushbackInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    socket.setTcpNoDelay(true);
  }

  /** The next request, or nothing when the client is done. */
  Optional<ReceivedRequest> read() throws IOException {
    String requestLine = line();
    if (requestLine.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = requestLine.split(" ", 3);
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers
          .computeIfAbsent(name, any -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    byte[] body;
    if (headers.containsKey("transfer-encoding")) {
      body = chunks();
    } else {
      String length = headers.getOrDefault("content-length", List.of("0")).get(0);
      body = exactly(Integer.parseInt(length));
    }
    return Optional.of(ReceivedRequest.of(parts[0], parts[1], headers, body));
  }

  /** Plays a reply and tells whether the connection can carry another one. */
  boolean play(Reply reply) throws IOException {
    boolean isStreamed = false;
    for (Reply.Step step : reply.steps()) {
      if (step instanceof Reply.Step.Head head) {
        isStreamed = head.isStreamed();
        write(head(head, reply).getBytes(ISO_8859_1));
      } else if (step instanceof Reply.Step.Send send) {
        byte[] bytes = send.bytes();
        if (isStreamed) {
          write((Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII));
        }
        write(bytes);
        if (isStreamed) {
          write("\r\n".getBytes(US_ASCII));
        }
      } else if (step instanceof Reply.Step.Pause pause) {
        silence(Math.toIntExact(Math.max(1, pause.length().toMillis())));
      } else if (step instanceof Reply.Step.Hang) {
        silence(FOREVER);
        return false;
      } else {
        reset();
        return false;
      }
    }
    if (isStreamed) {
      write("0\r\n\r\n".getBytes(US_ASCII));
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String head(Reply.Step.Head head, Reply reply) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + head.status() + " Scripted\r\n");
    head.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    if (head.isStreamed()) {
      text.append("Transfer-Encoding: chunked\r\n");
    } else if (!head.headers().containsKey("Content-Length")) {
      int promised = reply.bodyLength() + (reply.isComplete() ? 0 : 1);
      text.append("Content-Length: " + promised + "\r\n");
    }
    return text.append("\r\n").toString();
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Waits, and notices a client that leaves meanwhile. */
  private void silence(int millis) throws IOException {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    socket.setSoTimeout(millis);
    try {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the client is gone");
      }
      in.unread(next);
      Thread.sleep(Math.max(0, Duration.ofNanos(end - System.nanoTime()).toMillis()));
    } catch (SocketTimeoutException e) {
      // The silence is over.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      socket.setSoTimeout(FOREVER);
    }
  }

  private void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        bytes.write(next);
      }
    }
    return bytes.toString(ISO_8859_1);
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
      body.writeBytes(exactly(length));
      line();
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client is gone");
    }
    return bytes;
  }
}
