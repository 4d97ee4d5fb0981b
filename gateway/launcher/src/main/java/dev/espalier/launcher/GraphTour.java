package dev.espalier.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** The tour's second half: families are learned from, and one is asked about. */
final class GraphTour {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final GatewayClient client;
  private final Console console;

  GraphTour(GatewayClient client, Console console) {
    this.client = client;
    this.console = console;
  }

  void run() {
    TourFamily family = new TourFamily();
    String path =
        "/v1/kgs/"
            + client
                .post("/v1/kgs", JSON.createObjectNode().put("name", "Tour"))
                .path("id")
                .asText();
    JsonNode added = client.post(path + "/triples", "text/tab-separated-values", family.document());
    console.say(
        "6. A graph of %d triples about %d people: %s"
            .formatted(
                added.path("added").asInt(), added.path("kg").path("entities").asInt(), path));

    ObjectNode training = JSON.createObjectNode().put("seed", 1).put("budget_seconds", 60);
    training.putObject("config").put("layers", 3).put("epochs", 4);
    String job = client.post(path + "/models", training).path("id").asText();
    JsonNode trained = awaitEnd(job);
    if (!trained.path("status").asText().equals("succeeded")) {
      throw new LaunchException("the training ended as " + trained);
    }
    console.say(
        "7. Trained a model in %.1f s, MRR %.2f."
            .formatted(
                trained.path("progress").path("seconds").asDouble(),
                trained.path("progress").path("best_validation_mrr").asDouble()));

    ObjectNode question =
        JSON.createObjectNode()
            .put("head", family.grandchild())
            .put("relation", "grandparent")
            .put("k", 2);
    question.putObject("explain").put("paths", 1);
    JsonNode answered = client.post(path + "/query", question);
    console.say(
        "8. Asked for the grandparents of %s, which nobody stated:".formatted(family.grandchild()));
    boolean isFound = false;
    for (JsonNode answer : answered.path("answers")) {
      isFound |= family.isGrandparent(answer.path("entity").asText());
      console.say("   %s  because %s".formatted(answer.path("entity").asText(), because(answer)));
    }
    if (!isFound) {
      throw new LaunchException("no grandparent was found: " + answered);
    }
  }

  private static String because(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    for (JsonNode hop : answer.path("paths").path(0).path("hops")) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(hop.path("head").asText())
          .append(" -")
          .append(hop.path("relation").asText())
          .append("-> ")
          .append(hop.path("tail").asText());
    }
    return text.toString();
  }

  private JsonNode awaitEnd(String job) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode now = client.get("/v1/jobs/" + job);
      String status = now.path("status").asText();
      boolean isOver = !status.equals("queued") && !status.equals("running");
      if (isOver || System.nanoTime() > deadline) {
        return now;
      }
      GatewayClient.pause(PAUSE);
    }
  }
}
