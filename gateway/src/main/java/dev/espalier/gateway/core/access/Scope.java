package dev.espalier.gateway.core.access;

import java.util.Locale;

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

  /** As requests, answers and configuration write it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
