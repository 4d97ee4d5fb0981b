package dev.espalier.gateway.upstream.memories;

import dev.espalier.gateway.core.memories.Change;
import dev.espalier.gateway.core.memories.Entities;
import dev.espalier.gateway.core.memories.EntityKind;
import dev.espalier.gateway.core.memories.Memory;
import dev.espalier.gateway.core.memories.MemoryFilter;
import dev.espalier.gateway.core.memories.MemoryId;
import dev.espalier.gateway.core.memories.NewMemory;
import dev.espalier.gateway.upstream.ServiceCalls;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The memories of a tenant during one request.
 *
 * <p>There is a conversation for each combination of entities, and a turn for each version of a
 * memory. A version that is replaced or deleted is erased. Two first memories at the same time may
 * begin two conversations for the same entities; both are read from then on.
 */
public final class StoredMemories {

  private static final int MAX_HITS = 200;

  /** More are asked for than are wanted where a filter may leave some out. */
  private static final int SURPLUS = 5;

  /** Conversations that are searched where no user is named. */
  private static final int MAX_SEARCHED = 50;

  /** A memory and how well it fits, 1 for what is first by meaning and by words. */
  public record Found(Memory memory, double score) {}

  private record Hit(Found found, double similarity) {
    long seq() {
      return found.memory().seq();
    }
  }

  private final MemoryCalls calls;

  public StoredMemories(ServiceCalls services, RequestContext context) {
    this.calls = new MemoryCalls(services, context);
  }

  /**
   * Stores memories about the same entities.
   *
   * @return their ids, in the same order
   */
  public Future<List<MemoryId>> add(Entities entities, List<NewMemory> memories) {
    JsonArray turns = new JsonArray();
    memories.forEach(memory -> turns.add(MemoryTurn.first(memory)));
    return conversations(entities)
        .map(found -> found.stream().filter(one -> entitiesOf(one).equals(entities)).findFirst())
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.get())
                    : calls.begin(conversation(entities)))
        .map(conversation -> conversation.getString("id"))
        .compose(
            id ->
                calls
                    .append(id, turns)
                    .map(
                        appended ->
                            appended.getJsonArray("seqs").stream()
                                .map(seq -> new MemoryId(id, ((Number) seq).longValue()))
                                .toList()));
  }

  /** The memory, or a failed future with {@code mem0.memory_not_found}. */
  public Future<Memory> get(MemoryId id) {
    return calls
        .turn(id.conversation(), id.first())
        .recover(StoredMemories::noneWhereNotFound)
        .compose(turns -> turns.isEmpty() ? absent() : version(id, turns.get(0)));
  }

  /** All memories that pass, the newest first. */
  public Future<List<Memory>> all(MemoryFilter filter) {
    return conversations(filter.entities())
        .compose(
            found ->
                each(
                    found,
                    conversation ->
                        calls
                            .turns(conversation.getString("id"), 0)
                            .map(turns -> latest(conversation.getString("id"), turns))))
        .map(
            parts ->
                parts.stream()
                    .flatMap(Collection::stream)
                    .filter(filter::test)
                    .sorted(
                        Comparator.comparing(Memory::createdAt)
                            .thenComparing(memory -> memory.id().first())
                            .reversed())
                    .toList());
  }

  /** The memories that fit a query best, best first. */
  public Future<List<Found>> search(String query, MemoryFilter filter, int k) {
    Entities about = filter.entities().exact();
    JsonObject question =
        new JsonObject()
            .put("query", query)
            .put("k", Math.min(MAX_HITS, k * SURPLUS))
            .put("explain", true)
            .put(
                "filter",
                new JsonObject()
                    .put(
                        "metadata",
                        new JsonObject()
                            .put(
                                MemoryTurn.MEMBER,
                                new JsonObject()
                                    .put(MemoryTurn.ENTITIES, new JsonObject(about.members())))));
    return hits(about, question).map(hits -> best(hits, filter, k));
  }

  /** Stores a new version and erases the one before. */
  public Future<Memory> change(MemoryId id, Change change) {
    return get(id)
        .compose(
            memory ->
                calls
                    .append(id.conversation(), new JsonArray().add(MemoryTurn.next(memory, change)))
                    .compose(stored -> calls.redact(id.conversation(), memory.seq()))
                    .compose(erased -> get(id)));
  }

  /** Erases a memory. */
  public Future<Void> delete(MemoryId id) {
    return get(id).compose(memory -> calls.redact(id.conversation(), memory.seq())).mapEmpty();
  }

  /** Deletes all that is about these, and says how many conversations there were. */
  public Future<Integer> deleteAbout(Entities entities) {
    return conversations(entities)
        .compose(found -> each(found, one -> calls.delete(one.getString("id"))))
        .map(List::size);
  }

  private Future<Memory> version(MemoryId id, JsonObject first) {
    if (first.getLong("seq") != id.first()) {
      return absent();
    }
    Optional<Memory> memory = MemoryTurn.read(id.conversation(), first);
    if (memory.isPresent()) {
      return Future.succeededFuture(memory.get());
    }
    // The first version was erased: a later one may be there.
    return calls
        .turns(id.conversation(), id.first())
        .compose(
            turns ->
                latest(id.conversation(), turns).stream()
                    .filter(later -> later.id().equals(id))
                    .findFirst()
                    .map(Future::succeededFuture)
                    .orElseGet(StoredMemories::absent));
  }

  private Future<List<JsonObject>> hits(Entities about, JsonObject question) {
    Optional<String> user = about.id(EntityKind.USER);
    if (user.isPresent()) {
      return calls.recallAbout(user.get(), question);
    }
    return conversations(about)
        .compose(
            found ->
                each(
                    found.stream().limit(MAX_SEARCHED).toList(),
                    one -> calls.recallIn(one.getString("id"), question)))
        .map(parts -> parts.stream().flatMap(Collection::stream).toList());
  }

  private static List<Found> best(List<JsonObject> hits, MemoryFilter filter, int k) {
    Map<MemoryId, Hit> found = new HashMap<>();
    for (JsonObject hit : hits) {
      MemoryTurn.read(hit.getString("conversation_id"), hit)
          .filter(filter::test)
          .ifPresent(
              memory ->
                  found.merge(
                      memory.id(),
                      new Hit(new Found(memory, score(hit)), similarity(hit)),
                      (a, b) -> a.seq() > b.seq() ? a : b));
    }
    return found.values().stream()
        .sorted(
            Comparator.comparingDouble((Hit hit) -> hit.found.score())
                .thenComparingDouble(hit -> hit.similarity)
                .reversed())
        .limit(k)
        .map(hit -> hit.found)
        .toList();
  }

  /** The fused score over the most that it can be, 1 / (10 + 1) by meaning and by words. */
  private static double score(JsonObject hit) {
    return Math.min(1, hit.getDouble("score") * 11 / 2);
  }

  /** By meaning alone. Words are looked up around a turn, so that neighbours often tie. */
  private static double similarity(JsonObject hit) {
    JsonObject dense = hit.getJsonObject("parts", new JsonObject()).getJsonObject("dense");
    return dense == null ? -1 : dense.getDouble("score");
  }

  private static List<Memory> latest(String conversation, List<JsonObject> turns) {
    Map<MemoryId, Memory> latest = new HashMap<>();
    for (JsonObject turn : turns) {
      MemoryTurn.read(conversation, turn).ifPresent(memory -> latest.put(memory.id(), memory));
    }
    return List.copyOf(latest.values());
  }

  /** The conversations that hold memories about these. */
  private Future<List<JsonObject>> conversations(Entities about) {
    return calls
        .conversations(about.exact().id(EntityKind.USER).orElse(null))
        .map(
            all ->
                all.stream().filter(one -> isOurs(one) && entitiesOf(one).cover(about)).toList());
  }

  private static JsonObject conversation(Entities entities) {
    JsonObject conversation =
        new JsonObject()
            .put(
                "metadata",
                new JsonObject().put(MemoryTurn.MEMBER, new JsonObject(entities.members())));
    entities.id(EntityKind.USER).ifPresent(user -> conversation.put("subject", user));
    return conversation;
  }

  private static boolean isOurs(JsonObject conversation) {
    return conversation.getJsonObject("metadata", new JsonObject()).getValue(MemoryTurn.MEMBER)
        instanceof JsonObject;
  }

  private static Entities entitiesOf(JsonObject conversation) {
    return Entities.among(
        conversation.getJsonObject("metadata").getJsonObject(MemoryTurn.MEMBER).getMap());
  }

  private static <A, B> Future<List<B>> each(List<A> items, Function<A, Future<B>> work) {
    Future<List<B>> all = Future.succeededFuture(new ArrayList<>());
    for (A item : items) {
      all =
          all.compose(
              done ->
                  work.apply(item)
                      .map(
                          one -> {
                            done.add(one);
                            return done;
                          }));
    }
    return all;
  }

  private static Future<List<JsonObject>> noneWhereNotFound(Throwable failure) {
    return failure instanceof ProblemException e && e.problem().status() == 404
        ? Future.succeededFuture(List.of())
        : Future.failedFuture(failure);
  }

  private static <T> Future<T> absent() {
    return Future.failedFuture(
        new ProblemException(
            new Problem(
                404, "mem0.memory_not_found", "There is no such memory", null, false, Map.of())));
  }
}
