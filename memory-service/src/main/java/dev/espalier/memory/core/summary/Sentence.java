package dev.espalier.memory.core.summary;

import java.util.List;

/**
 * One sentence of a summary.
 *
 * @param text as it was said, with the speaker, or as a model wrote it
 * @param seqs the turns it comes from
 */
public record Sentence(String text, List<Long> seqs) {

  public Sentence {
    seqs = List.copyOf(seqs);
    if (seqs.isEmpty()) {
      throw new IllegalArgumentException("a sentence of a summary names its turns");
    }
  }
}
