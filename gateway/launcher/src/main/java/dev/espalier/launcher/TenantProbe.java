package dev.espalier.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Requests of one tenant whose answers are looked at, whatever they are. */
final class TenantProbe {

  /** What came; of a stream that goes on, what came in the first moment. */
  record Answer(int status, String body) {}

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STREAM = Duration.ofSeconds(2);
  private static final int MAX_BYTES = 1 << 20;

  private final URI address;
  private final ApiKey key;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TenantProbe(URI address, ApiKey key) {
    this.address = address;
    this.key = key;
  }

  ApiKey key() {
    return key;
  }

  Answer send(ApiOperations.Operation operation, String path, @Nullable String body) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key.value())
            .header("Content-Type", operation.contentType())
            .method(
                operation.method().toUpperCase(Locale.ROOT),
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      return new Answer(response.statusCode(), read(response.body()));
    } catch (IOException e) {
      throw new LaunchException(operation.method() + " " + path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", e);
    }
  }

  private static String read(InputStream body) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> copy(body, text));
    try {
      reading.get(STREAM.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // A stream that goes on, or one that was cut: what came so far counts.
    }
    try {
      body.close();
    } catch (IOException e) {
      // It is over in any case.
    }
    synchronized (text) {
      return text.toString();
    }
  }

  private static void copy(InputStream body, StringBuilder text) {
    byte[] chunk = new byte[8192];
    try {
      for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
        synchronized (text) {
          text.append(new String(chunk, 0, n, UTF_8));
          if (text.length() > MAX_BYTES) {
            return;
          }
        }
      }
    } catch (IOException e) {
      // Closed by the reader, or cut.
    }
  }
}
