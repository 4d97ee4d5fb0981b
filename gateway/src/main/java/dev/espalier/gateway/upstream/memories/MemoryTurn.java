package dev.espalier.gateway.upstream.memories;

import dev.espalier.gateway.core.memories.Change;
import dev.espalier.gateway.core.memories.Entities;
import dev.espalier.gateway.core.memories.Memory;
import dev.espalier.gateway.core.memories.MemoryId;
import dev.espalier.gateway.core.memories.NewMemory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a version of a memory is written as a turn: the text is the content, and the rest stands
 * under one member of the turn's metadata. A later version names the first in {@code of}.
 */
final class MemoryTurn {

  static final String MEMBER = "mem0";
  static final String ENTITIES = "entities";

  private static final String OF = "of";
  private static final String METADATA = "metadata";
  private static final String CATEGORIES = "categories";
  private static final String EXPIRES = "expires";
  private static final String FEEDBACK = "feedback";
  private static final String CREATED = "created_at";
  private static final String EARLIER = "earlier";

  private MemoryTurn() {}

  static JsonObject first(NewMemory memory) {
    JsonObject about = about(memory.entities(), memory.metadata(), memory.categories());
    putIfThere(about, EXPIRES, memory.expiresAfter());
    JsonObject turn = turn(memory.role(), memory.text(), about);
    return memory.at() == null ? turn : turn.put("occurred_at", memory.at().toString());
  }

  static JsonObject next(Memory memory, Change change) {
    Map<String, Object> metadata =
        change.metadata() == null ? memory.metadata() : change.metadata();
    JsonObject about =
        about(memory.entities(), metadata, memory.categories())
            .put(OF, memory.id().first())
            .put(CREATED, memory.createdAt().toString());
    putIfThere(
        about,
        EXPIRES,
        change.expiresAfter() == null ? memory.expiresAfter() : change.expiresAfter());
    putIfThere(about, FEEDBACK, change.feedback() == null ? memory.feedback() : change.feedback());
    JsonArray earlier = new JsonArray();
    List<Memory.Version> versions =
        change.text() == null ? memory.earlier() : memory.earlierWithThis();
    for (Memory.Version version : versions) {
      earlier.add(new JsonObject().put("text", version.text()).put("at", version.at().toString()));
    }
    return turn(
        memory.role(),
        change.text() == null ? memory.text() : change.text(),
        about.put(EARLIER, earlier));
  }

  /** The memory that a turn holds a version of; none for other turns and for erased ones. */
  static Optional<Memory> read(String conversation, JsonObject turn) {
    JsonObject metadata = turn.getJsonObject(METADATA);
    JsonObject about = metadata == null ? null : metadata.getJsonObject(MEMBER);
    if (about == null || turn.getValue("redacted_at") != null) {
      return Optional.empty();
    }
    long seq = turn.getLong("seq");
    Instant said = Instant.parse(turn.getString("occurred_at"));
    String text = turn.getString("content");
    return Optional.of(
        new Memory(
            new MemoryId(conversation, about.getLong(OF, seq)),
            seq,
            turn.getString("role"),
            text == null ? turn.getString("text") : text,
            Entities.among(about.getJsonObject(ENTITIES, new JsonObject()).getMap()),
            about.getJsonObject(METADATA, new JsonObject()).getMap(),
            texts(about.getJsonArray(CATEGORIES)),
            about.getString(EXPIRES) == null ? null : LocalDate.parse(about.getString(EXPIRES)),
            about.getString(FEEDBACK),
            about.getString(CREATED) == null ? said : Instant.parse(about.getString(CREATED)),
            said,
            versions(about.getJsonArray(EARLIER))));
  }

  private static JsonObject about(
      Entities entities, Map<String, Object> metadata, List<String> categories) {
    JsonObject about = new JsonObject().put(ENTITIES, new JsonObject(entities.members()));
    if (!metadata.isEmpty()) {
      about.put(METADATA, new JsonObject(metadata));
    }
    return categories.isEmpty() ? about : about.put(CATEGORIES, new JsonArray(categories));
  }

  private static JsonObject turn(String role, String text, JsonObject about) {
    return new JsonObject()
        .put("role", role)
        .put("content", text)
        .put(METADATA, new JsonObject().put(MEMBER, about));
  }

  private static void putIfThere(JsonObject about, String member, @Nullable Object value) {
    if (value != null) {
      about.put(member, value.toString());
    }
  }

  private static List<String> texts(@Nullable JsonArray array) {
    return array == null ? List.of() : array.stream().map(String::valueOf).toList();
  }

  private static List<Memory.Version> versions(@Nullable JsonArray array) {
    List<Memory.Version> versions = new ArrayList<>();
    for (int i = 0; array != null && i < array.size(); i++) {
      JsonObject version = array.getJsonObject(i);
      versions.add(
          new Memory.Version(version.getString("text"), Instant.parse(version.getString("at"))));
    }
    return versions;
  }
}
