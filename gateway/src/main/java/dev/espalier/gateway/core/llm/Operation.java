package dev.espalier.gateway.core.llm;

import java.util.Locale;

/** What a model is asked to do, and where an OpenAI-compatible server takes it. */
public enum Operation {
  CHAT("/chat/completions"),
  COMPLETIONS("/completions"),
  EMBEDDINGS("/embeddings"),
  RERANK("/rerank");

  private final String path;

  Operation(String path) {
    this.path = path;
  }

  /** Appended to the upstream's base. */
  public String path() {
    return path;
  }

  /** As usage records and metrics call it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the model writes text, so that what it may write has to be reserved too. */
  public boolean isGenerative() {
    return this == CHAT || this == COMPLETIONS;
  }
}
