package dev.espalier.search.upstream.model;

/** How a chat model is made to go on after the steps so far. */
public enum Continuation {
  /** By prompt: the steps are data, the model is asked for the next one. */
  NONE,
  /** A trailing assistant message, which the server continues by itself. */
  TRAILING,
  /** A trailing assistant message and vLLM's {@code continue_final_message}. */
  FLAGGED
}
