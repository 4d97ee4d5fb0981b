package dev.espalier.memory.core.summary;

import dev.espalier.memory.core.Turn;
import java.util.List;

/**
 * Turns that follow each other and are summarised together.
 *
 * @param turns by sequence, at least one
 * @param isClosed whether no later turn can join it, so that its summary is final
 */
public record Segment(List<Turn> turns, boolean isClosed) {

  public Segment {
    turns = List.copyOf(turns);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a segment has turns");
    }
  }

  public long firstSeq() {
    return turns.get(0).seq();
  }

  public long lastSeq() {
    return turns.get(turns.size() - 1).seq();
  }
}
