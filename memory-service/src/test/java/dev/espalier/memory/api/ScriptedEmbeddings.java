package dev.espalier.memory.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.testkit.ReceivedRequest;
import dev.espalier.testkit.Reply;
import dev.espalier.testkit.ScriptedServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An embedding endpoint of eight dimensions, a bag of hashed letters, that can be made to fail. Its
 * replies come in reverse order, which the service has to put right.
 */
public class ScriptedEmbeddings implements QuarkusTestResourceLifecycleManager {

  static final int DIMENSIONS = 8;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScriptedServer server = ScriptedServer.start();
  private final AtomicBoolean isAway = new AtomicBoolean();
  private String role = "model";

  @Override
  public void init(Map<String, String> arguments) {
    role = arguments.getOrDefault("role", role);
  }

  @Override
  public Map<String, String> start() {
    server.otherwise(request -> isAway.get() ? Reply.json(503, "{}") : answer(request));
    String prefix = "espalier.memory.embedding.";
    return Map.of(
        prefix + role, "endpoint",
        prefix + "endpoint.url", server.uri() + "/v1/embeddings",
        prefix + "endpoint.model", "letters",
        prefix + "endpoint.dimensions", Integer.toString(DIMENSIONS),
        prefix + "endpoint.timeout", "2s",
        prefix + "endpoint.allow-private-addresses", "true");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(isAway, new TestInjector.MatchesType(AtomicBoolean.class));
  }

  @Override
  public void stop() {
    server.close();
  }

  private static Reply answer(ReceivedRequest request) {
    try {
      JsonNode input = JSON.readTree(request.body()).path("input");
      ObjectNode reply = JSON.createObjectNode();
      ArrayNode data = reply.putArray("data");
      for (int i = input.size() - 1; i >= 0; i--) {
        ObjectNode entry = data.addObject().put("index", i);
        ArrayNode vector = entry.putArray("embedding");
        for (double value : vector(input.get(i).asText())) {
          vector.add(value);
        }
      }
      return Reply.json(200, reply.toString());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] vector(String text) {
    double[] vector = new double[DIMENSIONS];
    text.chars().filter(Character::isLetter).forEach(c -> vector[c % DIMENSIONS]++);
    vector[0]++;
    return vector;
  }
}
