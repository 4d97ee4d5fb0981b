package dev.espalier.search.core.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Which items of a batch run a second time, unpruned. */
public final class ControlArm {

  private ControlArm() {}

  /**
   * Draws without replacement.
   *
   * @param items how many the batch has
   * @param fraction of them, 0-1; above 0 it is at least one item
   * @return positions, from 0
   */
  public static Set<Integer> draw(int items, double fraction, long seed) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction is not in 0-1: " + fraction);
    }
    int size = (int) Math.min(items, Math.ceil(items * fraction));
    List<Integer> shuffled = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      shuffled.add(i);
    }
    Collections.shuffle(shuffled, new Random(seed));
    return new TreeSet<>(shuffled.subList(0, size));
  }
}
