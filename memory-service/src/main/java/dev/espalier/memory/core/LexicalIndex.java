package dev.espalier.memory.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds turns by the words around them. Called inside a unit of work. */
public interface LexicalIndex {

  /**
   * BM25 over windows of a turn and its two neighbours.
   *
   * @param allowed the turns that may be returned; null allows all
   * @return at most {@code limit} turns by falling score, ties by falling sequence; turns that
   *     share no word with the query are left out
   */
  List<Ranked> search(UUID conversation, String query, int limit, @Nullable SeqSet allowed);

  /** The conversation is gone: forget what is kept of it outside the database. */
  void evict(UUID conversation);
}
