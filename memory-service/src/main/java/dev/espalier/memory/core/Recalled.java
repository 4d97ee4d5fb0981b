package dev.espalier.memory.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link RecallQuery}.
 *
 * @param hits best first
 * @param index how far the vector index had come
 * @param degraded why turns were found by their words alone, or null
 */
public record Recalled(List<Hit> hits, IndexState index, @Nullable String degraded) {

  public Recalled {
    hits = List.copyOf(hits);
  }

  /**
   * A recalled turn.
   *
   * @param score the fused score; comparable within one answer only
   * @param parts what each index contributed
   * @param neighbours the turns around it, by sequence, without the hit itself
   */
  public record Hit(
      Turn turn,
      double score,
      Map<String, ReciprocalRankFusion.Part> parts,
      List<Turn> neighbours) {}
}
