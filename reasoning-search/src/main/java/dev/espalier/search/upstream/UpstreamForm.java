package dev.espalier.search.upstream;

/** What an upstream speaks. */
public enum UpstreamForm {
  /** OpenAI's {@code /chat/completions}. */
  CHAT,
  /** OpenAI's {@code /completions}: raw text after raw text. */
  COMPLETIONS,
  /** {@code /pooling}: a process reward model, a vector for every step. */
  PRM,
  /** {@code /score}: a model that compares two texts. */
  SCORE
}
