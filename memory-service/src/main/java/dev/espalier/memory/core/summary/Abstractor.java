package dev.espalier.memory.core.summary;

import java.util.List;

/** A model that says in its own words what it was given. */
public interface Abstractor {

  /** What made a summary, for its provenance. */
  String method();

  /**
   * Facts worth keeping, each with the numbers of the excerpts that it comes from. What the model
   * says is not to be trusted: {@link Grounding} decides what is kept.
   *
   * @param tenant whose conversation it is
   * @throws dev.espalier.memory.core.ModelUnavailableException when it gives no usable answer
   */
  List<Sentence> facts(String tenant, List<Excerpt> excerpts, int maxTokens);

  /**
   * Something to summarise.
   *
   * @param seqs the turns it comes from, at least one; the first is its number
   * @param text as data, whatever it says
   */
  record Excerpt(List<Long> seqs, String text) {

    public Excerpt {
      seqs = List.copyOf(seqs);
    }

    public long number() {
      return seqs.get(0);
    }
  }
}
