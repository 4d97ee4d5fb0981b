package dev.espalier.memory.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Speaks HTTP to memory-service, through the gateway as a rule. Safe for several threads. */
public final class MemoryHttp {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final URI base;
  private final String apiKey;
  private final Duration timeout;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  /**
   * @param base the gateway's address, such as {@code http://127.0.0.1:8080}
   * @param timeout of one call
   */
  public MemoryHttp(URI base, String apiKey, Duration timeout) {
    this.base = base;
    this.apiKey = apiKey;
    this.timeout = timeout;
  }

  ObjectMapper json() {
    return json;
  }

  JsonNode get(String path) {
    return send("GET", path, null, null);
  }

  JsonNode post(String path, JsonNode body, @Nullable String idempotencyKey) {
    return send("POST", path, body, idempotencyKey);
  }

  JsonNode patch(String path, JsonNode body) {
    return send("PATCH", path, body, null);
  }

  private JsonNode send(
      String method, String path, @Nullable JsonNode body, @Nullable String idempotencyKey) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(timeout)
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return read(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new EspalierException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EspalierException(e);
    }
  }

  private JsonNode read(int status, String body) {
    JsonNode answer = tree(body);
    if (status >= 300) {
      throw new EspalierException(
          status,
          answer.path("code").asText("client.unexpected_status"),
          answer.path("detail").asText("status " + status));
    }
    return answer;
  }

  private JsonNode tree(String body) {
    try {
      JsonNode tree = json.readTree(body);
      return tree == null ? json.missingNode() : tree;
    } catch (JsonProcessingException e) {
      return json.missingNode();
    }
  }
}
