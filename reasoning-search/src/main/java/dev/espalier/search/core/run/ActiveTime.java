package dev.espalier.search.core.run;

import java.time.Clock;

/** How long a search has been worked on, by all workers; never less than it was. */
final class ActiveTime {

  private final Clock clock;
  private final long start;
  private long millis;

  ActiveTime(Clock clock, long before) {
    this.clock = clock;
    this.millis = before;
    this.start = clock.millis() - before;
  }

  synchronized long millis() {
    millis = Math.max(millis, clock.millis() - start);
    return millis;
  }
}
