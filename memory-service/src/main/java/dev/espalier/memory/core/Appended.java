package dev.espalier.memory.core;

import java.util.List;

/**
 * What an append did.
 *
 * @param seqs the sequence number of each turn sent, in the order sent; a turn that was stored
 *     before under the same client turn id keeps the number it had
 * @param version the conversation's version afterwards
 */
public record Appended(List<Long> seqs, long version) {

  public Appended {
    seqs = List.copyOf(seqs);
  }
}
