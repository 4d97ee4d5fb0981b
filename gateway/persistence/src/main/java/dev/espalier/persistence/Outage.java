package dev.espalier.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Something that is tried again and again, and fails for a while. Says when that begins, once a
 * minute while it lasts, and when it is over: whoever reads the log learns nothing from more.
 */
public final class Outage {

  private static final Duration BETWEEN_REMINDERS = Duration.ofMinutes(1);

  private final Clock clock;
  private final Consumer<String> log;
  private final String consequence;
  private Instant next = Instant.MIN;

  /**
   * @param log where to say it
   * @param consequence what cannot be done meanwhile, such as {@code "no task can be claimed"}
   */
  public Outage(Clock clock, Consumer<String> log, String consequence) {
    this.clock = clock;
    this.log = log;
    this.consequence = consequence;
  }

  public synchronized void failed(Throwable failure) {
    Instant now = clock.instant();
    if (!now.isBefore(next)) {
      log.accept(consequence + " now: " + failure);
      next = now.plus(BETWEEN_REMINDERS);
    }
  }

  public synchronized void succeeded() {
    if (!next.equals(Instant.MIN)) {
      log.accept("over: " + consequence);
      next = Instant.MIN;
    }
  }
}
