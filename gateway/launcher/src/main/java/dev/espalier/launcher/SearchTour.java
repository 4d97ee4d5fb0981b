package dev.espalier.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** The part of the tour that solves a puzzle by search, without a language model. */
final class SearchTour {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROBLEM = "Use 4 5 6 10 to make 24";
  private static final String EVENT = "event:";

  private final GatewayClient gateway;
  private final Console console;

  SearchTour(GatewayClient gateway, Console console) {
    this.gateway = gateway;
    this.console = console;
  }

  void run() {
    ObjectNode search = JSON.createObjectNode().put("problem", PROBLEM).put("seed", 1);
    search.putObject("proposer").put("type", "arithmetic");
    String path = "/v1/searches/" + gateway.post("/v1/searches", search).path("id").asText();
    console.say("5. A search: " + PROBLEM + ", " + gateway.address() + path);

    long events;
    try (Stream<String> lines = gateway.lines(path + "/events")) {
      events = lines.filter(line -> line.startsWith(EVENT)).count();
    }
    JsonNode done = gateway.get(path);
    console.say(
        "   After %d events: %s, because %s; %d samples were merged into another one."
            .formatted(
                events,
                done.path("status").asText(),
                done.path("stopped_because").asText(),
                done.path("pruning").path("steps_merged").asInt()));
    for (String step : done.path("best").path("text").asText().split("\n+")) {
      console.say("   > " + step);
    }
    if (done.path("answer").asText().isEmpty()) {
      throw new LaunchException("the search found no answer");
    }
    console.say("   Answer: " + done.path("answer").asText());
  }
}
