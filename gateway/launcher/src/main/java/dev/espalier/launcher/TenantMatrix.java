package dev.espalier.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code tenants}: two tenants do the same in a running stack, then one of them tries
 * every operation of the merged API description with the ids of the other.
 *
 * <p>The description decides what is tried, so a new endpoint is covered the day it is described.
 */
final class TenantMatrix {

  static final String HELP =
      """
      Options of tenants:
        --url URL                the gateway (http://127.0.0.1:8080)
        --data-dir DIR           where up keeps the API key, unless ESPALIER_API_KEY is set
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WITH_BODY = Set.of("post", "put", "patch");

  private final URI address;
  private final GatewayClient operator;
  private final Console console;
  private final String canary = "canary-" + UUID.randomUUID();
  private final List<String> crossings = new ArrayList<>();

  private TenantMatrix(URI address, ApiKey key, Console console) {
    this.address = address;
    this.operator = new GatewayClient(address, key);
    this.console = console;
  }

  static TenantMatrix of(List<String> options, Map<String, String> environment, Console console) {
    Arguments arguments = Arguments.parse(options, Set.of("--url", "--data-dir"));
    String url = arguments.text("--url");
    ApiKey key = ApiKey.of(environment.get("ESPALIER_API_KEY"), UpOptions.dataDirectory(arguments));
    return new TenantMatrix(URI.create(url == null ? "http://127.0.0.1:8080" : url), key, console);
  }

  /**
   * Runs the matrix.
   *
   * @throws LaunchException if one tenant sees or changes what is the other's
   */
  void run() {
    TenantProbe owner = newTenant("a");
    TenantProbe stranger = newTenant("b");
    plantCanary(owner);
    ApiOperations operations = ApiOperations.of(operator.get("/openapi.json"));
    OwnedIds owned = OwnedIds.harvest(operations, owner);
    Set<String> ownNames = namedByCaller(operations, stranger);

    int withIds = 0;
    int reads = 0;
    int answeredToOwner = 0;
    for (ApiOperations.Operation operation : operations.all()) {
      for (String path : owned.paths(operation.path())) {
        String body =
            WITH_BODY.contains(operation.method())
                ? operations.example(operation, owned.any()).toString()
                : null;
        boolean isOwnName = ownNames.contains(operation.path());
        check(operation, path, isOwnName, stranger.send(operation, path, body), owned, body);
      }
      if (operation.path().contains("{")) {
        withIds++;
        reads += operation.method().equals("get") ? 1 : 0;
        answeredToOwner += owned.answersOwner(operation) ? 1 : 0;
      }
    }
    OwnedIds after = OwnedIds.harvest(operations, owner);
    int lost = 0;
    for (String id : owned.all()) {
      lost += after.all().contains(id) ? 0 : 1;
    }
    crossings.forEach(crossing -> console.say("   " + crossing));
    console.say(
        ("T1: %d operations of the merged description tried as another tenant, %d of them with its"
                + " %d ids (of the %d reads among them %d answer the owner); cross reads %d, things"
                + " of the owner lost %d")
            .formatted(
                operations.all().size(),
                withIds,
                owned.all().size(),
                reads,
                answeredToOwner,
                crossings.size(),
                lost));
    if (!crossings.isEmpty() || lost > 0 || answeredToOwner == 0) {
      throw new LaunchException("tenants are not apart");
    }
  }

  /** Where a thing that nobody has can be put, which is then the caller's own. */
  private static Set<String> namedByCaller(ApiOperations operations, TenantProbe caller) {
    Set<String> paths = new HashSet<>();
    for (ApiOperations.Operation operation : operations.all()) {
      if (operation.method().equals("put") && operation.path().contains("{")) {
        String unused = UUID.randomUUID().toString();
        String body = operations.example(operation, unused).toString();
        String path = OwnedIds.fill(operation.path(), unused);
        if (caller.send(operation, path, body).status() / 100 == 2) {
          paths.add(operation.path());
        }
      }
    }
    return paths;
  }

  /**
   * @param isOwnName whether the stranger can have a thing of its own under this name: only what is
   *     in the answer can then be another's
   */
  private void check(
      ApiOperations.Operation operation,
      String path,
      boolean isOwnName,
      TenantProbe.Answer answer,
      OwnedIds owned,
      @Nullable String body) {
    String sent = path + " " + body;
    boolean isOwnersThing =
        operation.path().contains("{") && !isOwnName && answer.status() / 100 == 2;
    boolean tellsAnId =
        owned.all().stream().anyMatch(id -> answer.body().contains(id) && !sent.contains(id));
    if (isOwnersThing || tellsAnId || answer.body().contains(canary) || answer.status() >= 500) {
      crossings.add(
          "%s %s was answered with %d: %.200s"
              .formatted(operation.method(), path, answer.status(), answer.body()));
    }
  }

  /** A tenant with a key of its own that has taken the whole tour. */
  private TenantProbe newTenant(String letter) {
    String tenant = "matrix-" + letter + "-" + UUID.randomUUID();
    operator.post("/v1/admin/tenants", JSON.createObjectNode().put("id", tenant));
    ObjectNode wanted = JSON.createObjectNode().put("tenant", tenant).put("name", "matrix");
    ApiKey key = new ApiKey(operator.post("/v1/admin/keys", wanted).path("key").asText());
    Console silent = new Console(new PrintStream(OutputStream.nullOutputStream()));
    new Tour(new GatewayClient(address, key), silent).run();
    return new TenantProbe(address, key);
  }

  /** What both tenants wrote is the same; this only the owner wrote. */
  private void plantCanary(TenantProbe owner) {
    GatewayClient client = new GatewayClient(address, owner.key());
    JsonNode conversation =
        client.post("/v1/conversations", JSON.createObjectNode().put("title", canary));
    ObjectNode turns = JSON.createObjectNode();
    turns.putArray("turns").addObject().put("role", "user").put("content", "My code is " + canary);
    client.post("/v1/conversations/" + conversation.path("id").asText() + "/turns", turns);
  }
}
