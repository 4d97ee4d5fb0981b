package dev.espalier.memory.core;

import java.util.List;

/**
 * A prompt that fits its budget, and the account of how it came about.
 *
 * @param messages in the order to send them
 * @param sections what went in, by section
 * @param dropped what was recalled but left out
 */
public record ComposedContext(
    List<Message> messages,
    List<Section> sections,
    List<Dropped> dropped,
    int tokensTotal,
    int budgetTokens,
    IndexState index) {

  /** A chat message. Recalled turns are quoted under {@code USER}, whatever their own role. */
  public record Message(Role role, String content) {}

  /**
   * A part of the prompt.
   *
   * @param tokens what it costs, framing included
   * @param seqs the turns in it, in the order shown
   */
  public record Section(String name, int tokens, List<Long> seqs) {}

  /** A recalled turn that is not in the prompt. */
  public record Dropped(long seq, double score, int tokens, String reason) {}
}
