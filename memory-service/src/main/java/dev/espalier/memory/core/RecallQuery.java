package dev.espalier.memory.core;

/**
 * What to recall.
 *
 * @param text the question, in the user's words
 * @param k how many turns at most
 * @param neighbours how many turns before and after each hit come along
 */
public record RecallQuery(String text, int k, RecallMode mode, TurnFilter filter, int neighbours) {

  public RecallQuery {
    if (k < 1 || neighbours < 0) {
      throw new IllegalArgumentException("k=" + k + ", neighbours=" + neighbours);
    }
  }
}
