package dev.espalier.helm.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks the gateway, as an application would. */
final class Client {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT = "event:";

  /** It asks for HTTP/2, as that of an application in Java does where nobody told it otherwise. */
  private final HttpClient http = HttpClient.newHttpClient();

  private final URI gateway;
  private final String key;

  Client(InetSocketAddress gateway, String key) {
    this.gateway = URI.create("http://" + gateway.getHostString() + ":" + gateway.getPort());
    this.key = key;
  }

  JsonNode post(String path, String body) {
    return send(path, request(path).POST(BodyPublishers.ofString(body)).build());
  }

  void delete(String path) {
    send(path, request(path).DELETE().build());
  }

  private JsonNode send(String path, HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new RehearsalException(
            path + " was answered with " + response.statusCode() + ": " + response.body());
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new RehearsalException(path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RehearsalException("interrupted", e);
    }
  }

  /** How a stream ended: the type of its last event, or how it was cut. */
  CompletableFuture<String> follow(String path, CompletableFuture<Void> opened) {
    HttpRequest request = request(path).header("Accept", "text/event-stream").GET().build();
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            opened.complete(null);
            if (response.statusCode() != 200) {
              return "refused with " + response.statusCode();
            }
            return response
                .body()
                .filter(line -> line.startsWith(EVENT))
                .reduce("no event", (a, b) -> b.substring(EVENT.length()).strip());
          } catch (IOException | RuntimeException e) {
            opened.complete(null);
            return "cut: " + e;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
          }
        },
        task -> {
          Thread thread = new Thread(task, "stream");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .header("Prefer", "wait=10");
  }
}
