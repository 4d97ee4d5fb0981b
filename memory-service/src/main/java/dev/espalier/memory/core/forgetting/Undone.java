package dev.espalier.memory.core.forgetting;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What undoing a run brought back.
 *
 * @param restored the turns that are again where they were before it
 * @param left the turns that have gone elsewhere since: used, pinned, forgotten further or purged
 */
public record Undone(
    UUID run, UUID conversation, Instant undoneAt, List<Long> restored, List<Long> left) {

  public Undone {
    restored = List.copyOf(restored);
    left = List.copyOf(left);
  }
}
