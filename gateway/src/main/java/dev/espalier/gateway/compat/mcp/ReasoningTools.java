package dev.espalier.gateway.compat.mcp;

import dev.espalier.gateway.config.McpConfig;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.upstream.ServiceAnswer;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Searches over reasoning steps, and the comparison of two steps. */
@Singleton
final class ReasoningTools implements Toolbox {

  private final ServiceCalls services;
  private final Vertx vertx;
  private final McpConfig config;

  @Inject
  ReasoningTools(ServiceCalls services, Vertx vertx, McpConfig config) {
    this.services = services;
    this.vertx = vertx;
    this.config = config;
  }

  @Override
  public List<Tool> tools() {
    return List.of(
        new Tool("reason_search", Scope.SEARCH, this::search),
        new Tool("check_equivalence", Scope.EQUIVALENCE, this::compare));
  }

  private Future<JsonObject> search(ToolCall call) {
    RequestContext context = call.within(config.searchTimeout());
    return services
        .call(
            FollowedSearch.SERVICE,
            HttpMethod.POST,
            FollowedSearch.SEARCHES,
            call.arguments(),
            context)
        .map(answer -> answer.json().getString("id"))
        .compose(id -> new FollowedSearch(services, vertx, call, context, id).result());
  }

  private Future<JsonObject> compare(ToolCall call) {
    JsonObject pair = call.without("threshold");
    JsonObject question = new JsonObject().put("pairs", new JsonArray().add(pair));
    Object threshold = call.arguments().getValue("threshold");
    if (threshold != null) {
      question.put("threshold", threshold);
    }
    return services
        .call(
            "equivalence",
            HttpMethod.POST,
            "/v1/equivalence/pairs",
            question,
            call.within(config.toolTimeout()))
        .map(ServiceAnswer::json)
        .map(ReasoningTools::verdict);
  }

  private static JsonObject verdict(JsonObject answer) {
    JsonObject result = answer.getJsonArray("results").getJsonObject(0);
    JsonObject evidence = result.getJsonObject("evidence");
    return new JsonObject()
        .put("equivalent", result.getBoolean("equivalent"))
        .put("probability", result.getDouble("probability"))
        .put("tier", result.getString("tier"))
        .put("reason", evidence.getString("reason"))
        .put("claims", evidence.getJsonArray("claims"))
        .put("detector", answer.getJsonObject("detector"));
  }
}
