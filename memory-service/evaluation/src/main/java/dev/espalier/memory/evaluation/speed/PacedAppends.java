package dev.espalier.memory.evaluation.speed;

import dev.espalier.measuring.command.Pause;
import dev.espalier.measuring.stats.Sample;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.NewTurn;
import java.time.Duration;
import java.util.List;

/**
 * Appends at a steady rate, whatever the answers take. Each is timed from the moment at which it
 * was due: one that waits for a slow one before it counts that wait.
 */
record PacedAppends(MemoryApi memory, int perSecond, int appends) {

  /** The milliseconds of all appends. */
  Sample measure(String conversation, List<NewTurn> turns) {
    long interval = Duration.ofSeconds(1).toNanos() / perSecond;
    double[] millis = new double[appends];
    long start = System.nanoTime();
    for (int i = 0; i < appends; i++) {
      long due = start + i * interval;
      long early = due - System.nanoTime();
      if (early > 0) {
        Pause.of(Duration.ofNanos(early));
      }
      memory.append(conversation, List.of(turns.get(i % turns.size())));
      millis[i] = (System.nanoTime() - due) / 1e6;
    }
    return Sample.of(millis);
  }
}
