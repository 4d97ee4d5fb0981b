package dev.espalier.gateway.core.memories;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a memory can be about. */
public enum EntityKind {
  USER,
  AGENT,
  APP,
  RUN;

  /** As a member of requests, answers and filters. */
  public String member() {
    return wireName() + "_id";
  }

  /** As the type of an entity. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<EntityKind> ofMember(String member) {
    return Arrays.stream(values()).filter(kind -> kind.member().equals(member)).findFirst();
  }

  public static Optional<EntityKind> ofWireName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(name)).findFirst();
  }
}
