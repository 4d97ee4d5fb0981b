package dev.espalier.gateway.compat.mem0;

import dev.espalier.gateway.core.memories.Change;
import dev.espalier.gateway.core.memories.Entities;
import dev.espalier.gateway.core.memories.EntityKind;
import dev.espalier.gateway.core.memories.FactExtractor;
import dev.espalier.gateway.core.memories.FactExtractor.Outcome;
import dev.espalier.gateway.core.memories.FactExtractor.Said;
import dev.espalier.gateway.core.memories.Memory;
import dev.espalier.gateway.core.memories.MemoryFilter;
import dev.espalier.gateway.core.memories.MemoryId;
import dev.espalier.gateway.core.memories.NewMemory;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.gateway.upstream.memories.StoredMemories;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the requests of this dialect mean. */
@Singleton
final class Mem0Memories {

  private static final int MOST_PER_PAGE = 1_000;
  private static final String STORED_AS_IT_WAS = "stored as it was said: ";

  private final ServiceCalls services;
  private final FactExtractor extractor;

  @Inject
  Mem0Memories(ServiceCalls services, FactExtractor extractor) {
    this.services = services;
    this.extractor = extractor;
  }

  Future<Object> add(Mem0Request request) {
    Entities entities = request.entities();
    if (entities.isEmpty() || !entities.exact().equals(entities)) {
      throw Mem0Request.invalid("one of user_id, agent_id, app_id and run_id is needed");
    }
    List<Said> said = SaidMessages.of(request.member("messages").orElse(null));
    if (!request.flag("infer", true)) {
      return store(request, entities, said).map(results -> answer(results, false));
    }
    return outcome(request, said)
        .compose(
            outcome -> {
              if (outcome instanceof Outcome.Facts found) {
                List<Said> facts =
                    found.facts().stream().map(fact -> new Said("user", fact)).toList();
                return store(request, entities, facts).map(results -> answer(results, true));
              }
              String reason = ((Outcome.NotExtracted) outcome).reason();
              return store(request, entities, said)
                  .map(results -> answer(results, false).put("message", STORED_AS_IT_WAS + reason));
            });
  }

  private static JsonObject answer(JsonArray results, boolean isInferred) {
    return new JsonObject().put("results", results).put("inferred", isInferred);
  }

  private Future<Outcome> outcome(Mem0Request request, List<Said> said) {
    RequestContext context = request.context();
    return Future.fromCompletionStage(
        extractor.extract(
            request.visit().caller(),
            context.requestId(),
            context.deadline(),
            said,
            request.text("custom_instructions").orElse(null)));
  }

  private Future<JsonArray> store(Mem0Request request, Entities entities, List<Said> texts) {
    if (texts.isEmpty()) {
      return Future.succeededFuture(new JsonArray());
    }
    Map<String, Object> metadata = request.object("metadata");
    LocalDate expires = request.date("expiration_date").orElse(null);
    List<NewMemory> memories =
        texts.stream()
            .map(
                text ->
                    new NewMemory(
                        text.role(),
                        text.content(),
                        entities,
                        metadata,
                        List.of(),
                        expires,
                        request.time("timestamp").orElse(null)))
            .toList();
    return stored(request)
        .add(entities, memories)
        .map(
            ids -> {
              JsonArray results = new JsonArray();
              for (int i = 0; i < ids.size(); i++) {
                results.add(
                    new JsonObject()
                        .put("id", ids.get(i).toString())
                        .put("memory", memories.get(i).text())
                        .put("event", "ADD"));
              }
              return results;
            });
  }

  Future<Object> search(Mem0Request request) {
    int k = request.number("top_k", request.number("limit", 10, 1, 200), 1, 200);
    double threshold = request.decimal("threshold", 0);
    return stored(request)
        .search(request.neededText("query"), shown(request), k)
        .map(
            found -> {
              JsonArray results = new JsonArray();
              found.stream()
                  .filter(one -> one.score() >= threshold)
                  .forEach(
                      one -> results.add(Mem0Body.memory(one.memory()).put("score", one.score())));
              return isBare(request) ? results : new JsonObject().put("results", results);
            });
  }

  Future<Object> list(Mem0Request request) {
    MemoryFilter filter = shown(request);
    if (filter.entities().isEmpty() && request.member("filters").isEmpty()) {
      throw Mem0Request.invalid("filters are needed");
    }
    int page = request.number("page", 1, 1, 1_000_000);
    int size = request.number("page_size", 100, 1, MOST_PER_PAGE);
    return stored(request)
        .all(filter)
        .map(
            all ->
                isBare(request)
                    ? array(all.stream().limit(MOST_PER_PAGE).toList())
                    : page(request.path(), all, page, size));
  }

  private static JsonObject page(String path, List<Memory> all, int page, int size) {
    long from = (long) (page - 1) * size;
    List<Memory> shown = all.stream().skip(from).limit(size).toList();
    return new JsonObject()
        .put("count", all.size())
        .put("next", from + size < all.size() ? at(path, page + 1, size) : null)
        .put("previous", page > 1 ? at(path, page - 1, size) : null)
        .put("results", array(shown));
  }

  private static String at(String path, int page, int size) {
    return path + "?page=" + page + "&page_size=" + size;
  }

  Future<Object> get(Mem0Request request) {
    return stored(request).get(request.memory()).map(Mem0Body::memory);
  }

  Future<Object> history(Mem0Request request) {
    return stored(request).get(request.memory()).map(Mem0Body::history);
  }

  Future<Object> update(Mem0Request request) {
    Change change =
        new Change(
            request.text("text").orElse(null),
            request.member("metadata").isPresent() ? request.object("metadata") : null,
            request.date("expiration_date").orElse(null),
            null);
    if (change.text() != null && change.text().isBlank()) {
      throw Mem0Request.invalid("text is empty");
    }
    return stored(request).change(request.memory(), change).map(Mem0Body::memory);
  }

  Future<Object> delete(Mem0Request request) {
    return stored(request)
        .delete(request.memory())
        .map(done -> message("Memory deleted successfully!"));
  }

  Future<Object> deleteAll(Mem0Request request) {
    Entities entities = request.entitiesInQuery();
    if (entities.isEmpty()) {
      throw Mem0Request.invalid("one of user_id, agent_id, app_id and run_id is needed");
    }
    return stored(request)
        .deleteAbout(entities)
        .map(done -> message("Memories deleted successfully!"));
  }

  Future<Object> updateBatch(Mem0Request request) {
    StoredMemories stored = stored(request);
    return eachOf(
        request,
        one -> {
          if (!(one.get("text") instanceof String text) || text.isBlank()) {
            throw Mem0Request.invalid("text is missing");
          }
          return stored
              .change(Mem0Request.memory(one.get("memory_id")), Change.ofText(text))
              .mapEmpty();
        },
        "updated");
  }

  Future<Object> deleteBatch(Mem0Request request) {
    StoredMemories stored = stored(request);
    return eachOf(
        request, one -> stored.delete(Mem0Request.memory(one.get("memory_id"))), "deleted");
  }

  Future<Object> feedback(Mem0Request request) {
    MemoryId id = Mem0Request.memory(request.neededText("memory_id"));
    String feedback = request.text("feedback").orElse("");
    String reason = request.text("feedback_reason").orElse("");
    return stored(request)
        .change(
            id,
            new Change(null, null, null, reason.isEmpty() ? feedback : feedback + ": " + reason))
        .map(
            memory ->
                new JsonObject()
                    .put("id", memory.id().toString())
                    .put("feedback", feedback)
                    .put("feedback_reason", reason));
  }

  Future<Object> entities(Mem0Request request) {
    int page = request.number("page", 1, 1, 1_000_000);
    int size = request.number("page_size", 100, 1, MOST_PER_PAGE);
    return stored(request)
        .all(MemoryFilter.ALL)
        .map(
            all -> {
              List<JsonObject> entities = counted(all);
              long from = (long) (page - 1) * size;
              JsonArray shown = new JsonArray();
              entities.stream().skip(from).limit(size).forEach(shown::add);
              return new JsonObject()
                  .put("count", entities.size())
                  .put(
                      "next",
                      from + size < entities.size() ? at(request.path(), page + 1, size) : null)
                  .put("previous", page > 1 ? at(request.path(), page - 1, size) : null)
                  .put("results", shown);
            });
  }

  Future<Object> deleteEntity(Mem0Request request) {
    EntityKind kind =
        EntityKind.ofWireName(request.segment(0))
            .orElseThrow(() -> Mem0Request.invalid("no such type of entity"));
    Entities entity = Entities.among(Map.of(kind.member(), request.segment(1)));
    if (entity.exact().isEmpty()) {
      throw Mem0Request.invalid("no such entity");
    }
    return stored(request).deleteAbout(entity).map(done -> message("Entity deleted successfully!"));
  }

  private static List<JsonObject> counted(List<Memory> all) {
    Map<String, JsonObject> entities = new TreeMap<>();
    for (Memory memory : all) {
      memory
          .entities()
          .ids()
          .forEach(
              (kind, id) -> {
                JsonObject entity =
                    entities.computeIfAbsent(
                        kind.wireName() + " " + id,
                        key ->
                            new JsonObject()
                                .put("id", id)
                                .put("name", id)
                                .put("type", kind.wireName())
                                .put("total_memories", 0)
                                .put("updated_at", memory.updatedAt().toString()));
                // The newest memory comes first, so the last one seen is the oldest.
                entity
                    .put("created_at", memory.createdAt().toString())
                    .put("total_memories", entity.getInteger("total_memories") + 1);
              });
    }
    return List.copyOf(entities.values());
  }

  private interface Step {
    Future<Void> take(Map<?, ?> one);
  }

  private static Future<Object> eachOf(Mem0Request request, Step step, String what) {
    List<?> all =
        request.member("memories").orElse(null) instanceof List<?> list ? list : List.of();
    if (all.isEmpty() || all.size() > MOST_PER_PAGE) {
      throw Mem0Request.invalid("memories are 1 to " + MOST_PER_PAGE);
    }
    List<Map<?, ?>> steps = new ArrayList<>();
    for (Object one : all) {
      steps.add(one instanceof Map<?, ?> map ? map : Map.of("memory_id", String.valueOf(one)));
    }
    Future<Void> done = Future.succeededFuture();
    for (Map<?, ?> one : steps) {
      done = done.compose(before -> step.take(one));
    }
    return done.map(after -> message("Successfully " + what + " " + steps.size() + " memories"));
  }

  /** What the request asks for, without what has expired. */
  private static MemoryFilter shown(Mem0Request request) {
    if (request.flag("show_expired", false)) {
      return request.filter();
    }
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return request.filter().and(MemoryFilter.notExpired(today));
  }

  /** Before version 3 of the API a list was an answer by itself, unless asked otherwise. */
  private static boolean isBare(Mem0Request request) {
    return !request.path().startsWith("/v3/")
        && request.text("output_format").isEmpty()
        && !request.hasPage();
  }

  private static JsonArray array(List<Memory> memories) {
    JsonArray array = new JsonArray();
    memories.forEach(memory -> array.add(Mem0Body.memory(memory)));
    return array;
  }

  private static JsonObject message(String text) {
    return new JsonObject().put("message", text);
  }

  private StoredMemories stored(Mem0Request request) {
    return new StoredMemories(services, request.context());
  }
}
