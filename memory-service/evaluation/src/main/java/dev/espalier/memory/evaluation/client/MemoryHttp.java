package dev.espalier.memory.evaluation.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.measuring.command.CommandException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to one endpoint over kept connections. Failures are the caller's to judge. */
public final class MemoryHttp {

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Endpoint endpoint;
  private final Duration timeout;

  public MemoryHttp(Endpoint endpoint, Duration timeout) {
    this.endpoint = endpoint;
    this.timeout = timeout;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public Reply send(String method, String path, @Nullable JsonNode body) throws IOException {
    return send(method, path, body, Map.of());
  }

  /**
   * @param headers beside those of the endpoint
   * @throws IOException if no whole answer came
   */
  public Reply send(
      String method, String path, @Nullable JsonNode body, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.base().resolve(path))
            .timeout(timeout)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    endpoint.headers().forEach(request::header);
    headers.forEach(request::header);
    HttpRequest ready = request.build();
    long start = System.nanoTime();
    try {
      HttpResponse<String> response = client.send(ready, BodyHandlers.ofString());
      long nanos = System.nanoTime() - start;
      boolean hasRetryAfter = response.headers().firstValue("Retry-After").isPresent();
      return new Reply(response.statusCode(), response.body(), hasRetryAfter, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }
}
