package dev.espalier.memory.core.forgetting;

import java.util.Map;

/** Finds turns that say what a stronger turn says. */
public interface NearDuplicates {

  NearDuplicates NONE = strongestFirst -> Map.of();

  /**
   * @param strongestFirst the turns by falling strength; those without a vector are passed by
   * @return for each near-duplicate the strongest turn found before it that is near to it
   */
  Map<Long, Long> ofStronger(long[] strongestFirst);
}
