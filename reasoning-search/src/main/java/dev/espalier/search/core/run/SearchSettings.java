package dev.espalier.search.core.run;

import java.time.Duration;

/**
 * What an operator sets for all searches.
 *
 * @param needTime the longest that one need may take, retries included
 * @param failuresInARow so many failed proposals, or failed scores, without one that succeeds in
 *     between end a search
 */
public record SearchSettings(Duration needTime, int failuresInARow) {

  public static final SearchSettings DEFAULT = new SearchSettings(Duration.ofMinutes(5), 3);

  public SearchSettings {
    if (needTime.isNegative() || needTime.isZero()) {
      throw new IllegalArgumentException("needTime is not positive: " + needTime);
    }
    if (failuresInARow < 1) {
      throw new IllegalArgumentException("failuresInARow is not positive: " + failuresInARow);
    }
  }
}
