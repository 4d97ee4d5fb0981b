package dev.espalier.memory.evaluation.client;

import java.util.Set;

/**
 * A composed context.
 *
 * @param seqs the turns in it, whatever their section
 */
public record Block(Set<Long> seqs, int tokens, long nanos) {

  public Block {
    seqs = Set.copyOf(seqs);
  }
}
