package dev.espalier.measuring.command;

import java.time.Duration;

/** Waiting between two looks at something that another process does. */
public final class Pause {

  private Pause() {}

  /**
   * @throws CommandException if the thread is interrupted
   */
  public static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }
}
