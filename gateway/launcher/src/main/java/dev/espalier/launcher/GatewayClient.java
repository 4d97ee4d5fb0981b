package dev.espalier.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/** Calls to the gateway of a running stack; a refusal ends the command. */
final class GatewayClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI address;
  private final ApiKey key;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  GatewayClient(URI address, ApiKey key) {
    this.address = address;
    this.key = key;
  }

  URI address() {
    return address;
  }

  JsonNode get(String path) {
    return json(request(path).GET().build(), path);
  }

  JsonNode post(String path, JsonNode body) {
    return post(path, "application/json", body.toString());
  }

  JsonNode post(String path, String contentType, String body) {
    return json(
        request(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        path);
  }

  /** The lines of a stream, as they come, until it ends. */
  Stream<String> lines(String path) {
    HttpRequest request = request(path).header("Accept", "text/event-stream").GET().build();
    return send(request, HttpResponse.BodyHandlers.ofLines()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + key.value());
  }

  private JsonNode json(HttpRequest request, String path) {
    HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new LaunchException(
          "%s %s was answered with %d: %s"
              .formatted(request.method(), path, response.statusCode(), response.body()));
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new LaunchException(path + " was answered with something that is no JSON", e);
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new LaunchException(
          "nothing answers at " + address + "; start the stack with ./espalier up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", e);
    }
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", e);
    }
  }
}
