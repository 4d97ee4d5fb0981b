package dev.espalier.gateway.compat.mem0;

import dev.espalier.gateway.core.memories.EntityKind;
import dev.espalier.gateway.core.memories.Memory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Memories as this dialect writes them. */
final class Mem0Body {

  private Mem0Body() {}

  static JsonObject memory(Memory memory) {
    JsonObject body =
        new JsonObject().put("id", memory.id().toString()).put("memory", memory.text());
    for (EntityKind kind : EntityKind.values()) {
      body.put(kind.member(), memory.entities().id(kind).orElse(null));
    }
    return body.put("metadata", new JsonObject(memory.metadata()))
        .put("categories", new JsonArray(memory.categories()))
        .put(
            "expiration_date",
            memory.expiresAfter() == null ? null : memory.expiresAfter().toString())
        .put("feedback", memory.feedback())
        .put("created_at", memory.createdAt().toString())
        .put("updated_at", memory.updatedAt().toString());
  }

  /** What became of a memory, the oldest first; of many versions the oldest are left out. */
  static JsonArray history(Memory memory) {
    List<Memory.Version> versions = new ArrayList<>(memory.earlier());
    versions.add(new Memory.Version(memory.text(), memory.updatedAt()));
    JsonArray history = new JsonArray();
    for (int i = 0; i < versions.size(); i++) {
      history.add(
          new JsonObject()
              .put("id", memory.id() + "." + i)
              .put("memory_id", memory.id().toString())
              .put("input", new JsonArray())
              .put("old_memory", i == 0 ? null : versions.get(i - 1).text())
              .put("new_memory", versions.get(i).text())
              .put("user_id", memory.entities().id(EntityKind.USER).orElse(null))
              .put("event", i == 0 ? "ADD" : "UPDATE")
              .put("metadata", new JsonObject(memory.metadata()))
              .put("created_at", memory.createdAt().toString())
              .put("updated_at", versions.get(i).at().toString()));
    }
    return history;
  }
}
