package dev.espalier.memory.core.forgetting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where every turn stands and goes.
 *
 * @param lastSeq the conversation's newest turn when it was made
 * @param items one a turn, by sequence
 */
public record ForgettingPlan(long lastSeq, List<Item> items) {

  public ForgettingPlan {
    items = List.copyOf(items);
  }

  /** The turns that change their tier. */
  public List<Item> changes() {
    return items.stream().filter(Item::isChange).toList();
  }

  /** How many turns move, by the names of both tiers, as in {@code active_to_dormant}. */
  public static Map<String, Integer> counted(List<Item> changes) {
    Map<String, Integer> counted = new TreeMap<>();
    changes.forEach(
        item ->
            counted.merge(
                (item.from() + "_to_" + item.to()).toLowerCase(Locale.ROOT), 1, Integer::sum));
    return counted;
  }

  /** A turn, where it goes, and why. */
  public record Item(long seq, Tier from, Tier to, Strength strength, Reason reason) {

    public boolean isChange() {
      return from != to;
    }
  }

  /** Why a turn goes or stays. */
  public enum Reason {
    /** It is pinned. */
    PINNED,
    /** It is one of the newest. */
    YOUNG,
    /** Its vector is still to be made. */
    WAITS_FOR_VECTOR,
    /** There is room for it. */
    WITHIN_CAPACITY,
    /** It is among the weakest of more turns than may keep their vectors. */
    OVER_ACTIVE_CAPACITY,
    /** It is among the weakest of more turns than may stay in the word index. */
    OVER_SEARCHABLE_CAPACITY,
    /** It was archived as long ago as the retention says. */
    RETENTION
  }
}
