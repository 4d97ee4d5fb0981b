package dev.espalier.memory.core.summary;

import dev.espalier.memory.core.TokenCounter;
import dev.espalier.memory.core.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a conversation into segments. A segment ends before a turn that was said much later, and
 * when it is full; where it ends depends on the turns up to there only, so a closed segment stays
 * as it is for ever, and its summary with it.
 *
 * @param maxTurns 100 in HEMA
 * @param sessionGap how much later "much later" is
 * @param maxTokens of all turns of a segment; a longer turn is a segment of its own
 */
public record Segmentation(int maxTurns, Duration sessionGap, int maxTokens, TokenCounter tokens) {

  public Segmentation {
    if (maxTurns < 1 || maxTokens < 1 || sessionGap.isNegative()) {
      throw new IllegalArgumentException("a segment holds at least one turn");
    }
  }

  /**
   * @param turns by sequence; the first one begins a segment
   * @return in order; only the last one may be open
   */
  public List<Segment> of(List<Turn> turns) {
    List<Segment> segments = new ArrayList<>();
    List<Turn> open = new ArrayList<>();
    int openTokens = 0;
    for (Turn turn : turns) {
      int cost = tokens.count(turn.said().indexedText());
      boolean startsAnew =
          !open.isEmpty()
              && (openTokens + cost > maxTokens || isMuchLater(open.get(open.size() - 1), turn));
      if (startsAnew) {
        segments.add(new Segment(open, true));
        open = new ArrayList<>();
        openTokens = 0;
      }
      open.add(turn);
      openTokens += cost;
      if (open.size() == maxTurns) {
        segments.add(new Segment(open, true));
        open = new ArrayList<>();
        openTokens = 0;
      }
    }
    if (!open.isEmpty()) {
      segments.add(new Segment(open, false));
    }
    return segments;
  }

  private boolean isMuchLater(Turn before, Turn turn) {
    return Duration.between(before.occurredAt(), turn.occurredAt()).compareTo(sessionGap) > 0;
  }
}
