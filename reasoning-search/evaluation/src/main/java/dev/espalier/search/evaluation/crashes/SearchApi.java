package dev.espalier.search.evaluation.crashes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.measuring.command.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The little of the search API that is needed here.
 *
 * @param url of the service or of the gateway
 * @param header that says who asks
 * @param value its value
 */
public record SearchApi(String url, String header, String value) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Straight to the service, as a tenant. */
  static SearchApi direct(String url) {
    return new SearchApi(url, "X-Espalier-Tenant", "crashes");
  }

  /** Through the gateway. */
  public static SearchApi gateway(String url, String key) {
    return new SearchApi(url, "Authorization", "Bearer " + key);
  }

  /** Starts a search and gives its id. */
  public String start(String body) {
    return json(request("/v1/searches").POST(BodyPublishers.ofString(body)).build())
        .path("id")
        .asText();
  }

  public JsonNode read(String search) {
    return json(request("/v1/searches/" + search).GET().build());
  }

  /** The answer to a request that is on its way. */
  CompletableFuture<HttpResponse<String>> reading(String search) {
    HttpRequest request = request("/v1/searches/" + search).GET().build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }

  /** A search's event stream, line by line, once it has begun. */
  CompletableFuture<HttpResponse<Stream<String>>> following(String search) {
    HttpRequest request = request("/v1/searches/" + search + "/events").GET().build();
    return HTTP.sendAsync(request, BodyHandlers.ofLines());
  }

  /** How many searches have not ended. */
  int open() {
    int open = 0;
    for (String status : new String[] {"queued", "running"}) {
      String path = "/v1/searches?limit=200&status=" + status;
      open += json(request(path).GET().build()).path("searches").size();
    }
    return open;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
        .header(header, value)
        .header("Content-Type", "application/json");
  }

  private static JsonNode json(HttpRequest request) {
    try {
      HttpResponse<String> answer = send(request);
      if (answer.statusCode() / 100 != 2) {
        throw new CommandException(request.uri() + " answered " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new CommandException(request.uri() + " did not answer: " + e.getMessage(), e);
    }
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }
}
