package dev.espalier.memory.core.forgetting;

import java.util.List;

/**
 * When a turn was really emitted: returned by a recall, or put into a context.
 *
 * @param count how often in all
 * @param recent the conversation's last sequence number at the latest uses, newest first
 */
public record Uses(long count, List<Long> recent) {

  /** So many uses are kept with their time; what is older is only counted. */
  public static final int KEPT = 8;

  public static final Uses NONE = new Uses(0, List.of());

  public Uses {
    recent = List.copyOf(recent);
    if (count < recent.size() || recent.size() > KEPT || (count > 0 && recent.isEmpty())) {
      throw new IllegalArgumentException(count + " uses, " + recent.size() + " of them recent");
    }
  }
}
