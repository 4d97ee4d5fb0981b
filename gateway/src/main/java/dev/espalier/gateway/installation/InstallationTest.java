package dev.espalier.gateway.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A memory is written and recalled, and two steps are compared: what {@code helm test} runs, from
 * the gateway's own image. {@code ESPALIER_URL} is the gateway, {@code ESPALIER_API_KEY} a key; the
 * arguments are the services to ask, {@code memory} and {@code equivalence}.
 */
public final class InstallationTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String REMEMBERED = "The pear trees stand along the south wall.";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI gateway;
  private final String key;
  private final PrintStream out;

  InstallationTest(URI gateway, String key, PrintStream out) {
    this.gateway = gateway;
    this.key = key;
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv(), System.out));
  }

  static int run(List<String> services, Map<String, String> environment, PrintStream out) {
    @Nullable String url = environment.get("ESPALIER_URL");
    @Nullable String key = environment.get("ESPALIER_API_KEY");
    if (url == null || key == null) {
      out.println("FAILED: ESPALIER_URL and ESPALIER_API_KEY are needed");
      return 2;
    }
    try {
      InstallationTest test = new InstallationTest(URI.create(url), key, out);
      if (services.contains("memory")) {
        test.memory();
      }
      if (services.contains("equivalence")) {
        test.equivalence();
      }
      out.println("PASSED");
      return 0;
    } catch (IOException e) {
      out.println("FAILED: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private void memory() throws IOException, InterruptedException {
    long start = System.nanoTime();
    JsonNode conversation = send("POST", "/v1/conversations", "{\"title\": \"helm test\"}");
    String path = "/v1/conversations/" + conversation.path("id").asText();
    send(
        "POST",
        path + "/turns",
        "{\"turns\": [{\"role\": \"user\", \"content\": \"" + REMEMBERED + "\"}]}");
    JsonNode recalled =
        send("POST", path + "/recall", "{\"query\": \"Where are the pear trees?\", \"k\": 1}");
    require(
        recalled.at("/hits/0/text").asText().equals(REMEMBERED),
        "what was written was not recalled: " + recalled);
    send("DELETE", path, null);
    say("wrote and recalled a memory", start);
  }

  private void equivalence() throws IOException, InterruptedException {
    long start = System.nanoTime();
    JsonNode compared =
        send(
            "POST",
            "/v1/equivalence/pairs",
            "{\"pairs\": [{\"id\": \"rolls\", \"a\": \"There are 4 * 12 = 48 rolls.\","
                + " \"b\": \"The baker has 12 x 4 = 48 rolls in total.\"}]}");
    require(
        compared.at("/results/0/equivalent").asBoolean(),
        "two equivalent steps were told apart: " + compared);
    say("compared two steps", start);
  }

  private JsonNode send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Prefer", "wait=10")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    require(
        response.statusCode() / 100 == 2,
        "%s %s was answered with %d: %s"
            .formatted(method, path, response.statusCode(), response.body()));
    return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException(otherwise);
    }
  }

  private void say(String what, long start) {
    out.printf("%s in %d ms%n", what, (System.nanoTime() - start) / 1_000_000);
  }
}
