package dev.espalier.gateway.core.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A part of what stands behind the gateway, as a key may be confined to it. */
public enum Scope {
  /** Language models, embeddings and rerankers. */
  MODELS,
  /** Conversations and what is made of them. */
  MEMORY,
  /** Comparing reasoning steps. */
  EQUIVALENCE,
  /** Reasoning searches. */
  SEARCH,
  /** Graphs, their models and questions. */
  GRAPHS,
  /** Keys, budgets and usage of all tenants. */
  ADMIN,
  /** Calls of our own services to language models, for the tenant that they name. */
  INTERNAL;

  /** What a client's key may be given; {@link #INTERNAL} is for our own services. */
  public static final Set<Scope> OF_CLIENTS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(INTERNAL)));

  /** What a client's key has to have for a service that no scope is named for. */
  public static final Set<Scope> OF_TENANTS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(ADMIN, INTERNAL)));

  /** As requests, answers and configuration write it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of that wire name, if there is one. */
  public static Optional<Scope> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }
}
