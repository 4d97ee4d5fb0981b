package dev.espalier.kg.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Names with dense ids in order of first appearance. Immutable. */
public final class Names {

  private final List<String> byId;
  private final Map<String, Integer> ids;

  private Names(List<String> byId, Map<String, Integer> ids) {
    this.byId = byId;
    this.ids = ids;
  }

  /**
   * @throws IllegalArgumentException if a name occurs twice
   */
  public static Names of(List<String> names) {
    Builder builder = new Builder();
    names.forEach(builder::add);
    if (builder.size() != names.size()) {
      throw new IllegalArgumentException("a name occurs twice");
    }
    return builder.build();
  }

  public int size() {
    return byId.size();
  }

  public String name(int id) {
    return byId.get(id);
  }

  public OptionalInt id(String name) {
    Integer id = ids.get(name);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** All names by id. */
  public List<String> all() {
    return byId;
  }

  /** Gives ids to names. */
  static final class Builder {
    private final List<String> byId = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    /** The id of a name, a new one if it has none. */
    int add(String name) {
      Integer known = ids.putIfAbsent(name, byId.size());
      if (known != null) {
        return known;
      }
      byId.add(name);
      return byId.size() - 1;
    }

    int size() {
      return byId.size();
    }

    Names build() {
      return new Names(Collections.unmodifiableList(byId), ids);
    }
  }
}
