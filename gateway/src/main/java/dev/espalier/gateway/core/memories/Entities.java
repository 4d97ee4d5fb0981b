package dev.espalier.gateway.core.memories;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a memory is about, or what is asked for: at most one id of each kind.
 *
 * @param ids none of them empty
 */
public record Entities(Map<EntityKind, String> ids) {

  public static final Entities NONE = new Entities(Map.of());

  /** Asks for a memory that has an id of this kind, whichever. */
  public static final String ANY = "*";

  public Entities {
    EnumMap<EntityKind, String> ordered = new EnumMap<>(EntityKind.class);
    ordered.putAll(ids);
    if (ordered.values().stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("the id of an entity is not empty");
    }
    ids = Map.copyOf(ordered);
  }

  public boolean isEmpty() {
    return ids.isEmpty();
  }

  public Optional<String> id(EntityKind kind) {
    return Optional.ofNullable(ids.get(kind));
  }

  /** Whether these are about all that is asked for, and perhaps about more. */
  public boolean cover(Entities asked) {
    return asked.ids.entrySet().stream()
        .allMatch(
            wanted -> {
              String own = ids.get(wanted.getKey());
              return own != null
                  && (wanted.getValue().equals(ANY) || wanted.getValue().equals(own));
            });
  }

  /** Without those that any id would do for. */
  public Entities exact() {
    EnumMap<EntityKind, String> exact = new EnumMap<>(EntityKind.class);
    ids.forEach(
        (kind, id) -> {
          if (!id.equals(ANY)) {
            exact.put(kind, id);
          }
        });
    return new Entities(exact);
  }

  /** As members of a JSON object. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    for (EntityKind kind : EntityKind.values()) {
      id(kind).ifPresent(id -> members.put(kind.member(), id));
    }
    return members;
  }

  /** The ids among the members of a JSON object; what is no text is none. */
  public static Entities among(Map<?, ?> members) {
    EnumMap<EntityKind, String> ids = new EnumMap<>(EntityKind.class);
    for (EntityKind kind : EntityKind.values()) {
      if (members.get(kind.member()) instanceof String id && !id.isBlank()) {
        ids.put(kind, id);
      }
    }
    return new Entities(ids);
  }
}
