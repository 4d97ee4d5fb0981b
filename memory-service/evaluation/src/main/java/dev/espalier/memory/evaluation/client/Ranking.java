package dev.espalier.memory.evaluation.client;

import java.util.List;

/**
 * What a recall brought back.
 *
 * @param seqs the turns, best first
 */
public record Ranking(List<Long> seqs, long nanos) {

  public Ranking {
    seqs = List.copyOf(seqs);
  }
}
