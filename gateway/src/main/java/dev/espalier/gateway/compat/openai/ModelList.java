package dev.espalier.gateway.compat.openai;

import dev.espalier.gateway.api.ClientTimeout;
import dev.espalier.gateway.api.Visit;
import dev.espalier.gateway.config.ParsedModels;
import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.access.Scope;
import dev.espalier.gateway.embed.LocalEncoder;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.gateway.upstream.Upstreams;
import dev.espalier.gateway.upstream.llm.ModelCalls;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The models that can be asked for. The address belongs to kg-reasoner too: its page of trained
 * models stands in the same answer under its own names, where clients of OpenAI's do not look.
 */
@Singleton
final class ModelList {

  private static final String KG = "kg";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String MISSING = "X-Espalier-Missing-Services";

  private final Map<String, String> owners = new LinkedHashMap<>();
  private final long created = Instant.now().getEpochSecond();
  private final Upstreams services;
  private final ServiceCalls calls;

  @Inject
  ModelList(ModelCalls models, ParsedModels configured, Upstreams services, ServiceCalls calls) {
    owners.putAll(models.directory().listed());
    owners.put(LocalEncoder.MODEL, "espalier");
    owners.put(Rerank.MODEL, "espalier");
    new TreeMap<>(configured.searches())
        .keySet()
        .forEach(name -> owners.put(SearchModels.PREFIX + name, "espalier"));
    this.services = services;
    this.calls = calls;
  }

  void list(RoutingContext context) {
    context.request().resume();
    Caller caller = Visit.of(context).caller();
    if (services.named(KG).isEmpty() || !caller.may(Scope.GRAPHS)) {
      Answers.json(context, Map.of(), own().toBuffer());
      return;
    }
    String query = context.request().query();
    Duration patience =
        ClientTimeout.of(context.request().headers())
            .filter(wanted -> wanted.compareTo(PATIENCE) < 0)
            .orElse(PATIENCE);
    calls
        .call(
            KG,
            HttpMethod.GET,
            query == null ? "/v1/models" : "/v1/models?" + query,
            null,
            new RequestContext(
                caller.tenant(), Visit.of(context).requestId(), Instant.now().plus(patience)))
        .map(answer -> answer.json())
        .onSuccess(page -> Answers.json(context, Map.of(), own().mergeIn(page).toBuffer()))
        .onFailure(
            failure -> {
              if (query == null) {
                Answers.json(context, Map.of(MISSING, KG), own().toBuffer());
              } else {
                // Who pages through trained models has to hear of it.
                context.fail(failure);
              }
            });
  }

  /** One of them; its name may have slashes. */
  void one(RoutingContext context) {
    context.request().resume();
    String name = context.request().path().substring("/v1/models/".length());
    String owner = owners.get(name);
    if (owner == null) {
      throw new ProblemException(
          new Problem(404, "model.not_found", "There is no such model", name, false, Map.of()));
    }
    Answers.json(context, Map.of(), model(name, owner).toBuffer());
  }

  private JsonObject own() {
    JsonArray data = new JsonArray();
    owners.forEach((name, owner) -> data.add(model(name, owner)));
    return new JsonObject().put("object", "list").put("data", data);
  }

  private JsonObject model(String name, String owner) {
    return new JsonObject()
        .put("id", name)
        .put("object", "model")
        .put("created", created)
        .put("owned_by", owner);
  }
}
