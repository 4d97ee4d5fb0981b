package dev.espalier.gateway.compat.mcp;

import dev.espalier.gateway.config.McpConfig;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.upstream.ServiceAnswer;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Questions to knowledge graphs, over kg-reasoner. */
@Singleton
final class GraphTools implements Toolbox {

  private static final String SERVICE = "kg";
  private static final String GRAPHS = "/v1/kgs";
  private static final String GRAPH = "kg";

  /** A graph that is not among the newest is asked for by its id. */
  private static final String NEWEST = GRAPHS + "?limit=200";

  private static final int SHOWN_NAMES = 20;

  private final ServiceCalls services;
  private final Duration longest;

  @Inject
  GraphTools(ServiceCalls services, McpConfig config) {
    this.services = services;
    this.longest = config.toolTimeout();
  }

  @Override
  public List<Tool> tools() {
    return List.of(
        new Tool("kg_query", Scope.GRAPHS, call -> ask(call, "query")),
        new Tool("kg_verify", Scope.GRAPHS, call -> ask(call, "verify")),
        new Tool("kg_paths", Scope.GRAPHS, call -> ask(call, "paths")));
  }

  private Future<JsonObject> ask(ToolCall call, String what) {
    RequestContext context = call.within(longest);
    JsonObject question = call.without(GRAPH);
    return graph(call.text(GRAPH), context)
        .compose(
            id ->
                services.call(
                    SERVICE, HttpMethod.POST, GRAPHS + "/" + id + "/" + what, question, context))
        .map(ServiceAnswer::json);
  }

  private Future<String> graph(String idOrName, RequestContext context) {
    if (ToolCall.isUuid(idOrName)) {
      return Future.succeededFuture(idOrName);
    }
    return services
        .call(SERVICE, HttpMethod.GET, NEWEST, null, context)
        .map(answer -> named(idOrName, answer.json()));
  }

  private static String named(String name, JsonObject page) {
    List<JsonObject> graphs =
        page.getJsonArray("kgs").stream().map(JsonObject.class::cast).toList();
    return graphs.stream()
        .filter(graph -> name.equals(graph.getString("name")))
        .findFirst()
        .map(graph -> graph.getString("id"))
        .orElseThrow(
            () ->
                new ProblemException(
                    McpProblems.graphNotFound(
                        graphs.stream()
                            .map(graph -> graph.getString("name"))
                            .limit(SHOWN_NAMES)
                            .toList())));
  }
}
