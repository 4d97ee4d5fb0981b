package dev.espalier.kg.evaluation.crashes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.measuring.command.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The little of the API that is needed here, straight to the service.
 *
 * @param url of the service
 */
record KgApi(String url) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  String createGraph(String name) {
    return post("/v1/kgs", "application/json", "{\"name\": \"" + name + "\"}").path("id").asText();
  }

  void upload(String graph, String split, String lines) {
    post("/v1/kgs/" + graph + "/triples?split=" + split, "text/tab-separated-values", lines);
  }

  /** Starts a training and gives the id of its job. */
  String train(String graph, String body) {
    return post("/v1/kgs/" + graph + "/models", "application/json", body).path("id").asText();
  }

  JsonNode job(String job) {
    return json(send(request("/v1/jobs/" + job).GET().build()));
  }

  /** How many epochs a job has finished. */
  int epoch(String job) {
    return job(job).path("progress").path("epoch").asInt();
  }

  byte[] artefact(String model) {
    return send(request("/v1/models/" + model + "/artefact").GET().build());
  }

  private JsonNode post(String path, String type, String body) {
    return json(
        send(
            request(path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
        .header("X-Espalier-Tenant", "crashes");
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new CommandException("the service answered no JSON", e);
    }
  }

  private static byte[] send(HttpRequest request) {
    try {
      var answer = HTTP.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        throw new CommandException(request.uri() + " answered " + body);
      }
      return answer.body();
    } catch (IOException e) {
      throw new CommandException(request.uri() + " did not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }
}
