package dev.espalier.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work that must end soon, by the processor time it takes: a busy machine is no failure. */
public final class CpuLimit {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long POLL_MILLIS = 50;

  private CpuLimit() {}

  /**
   * What the work returns.
   *
   * @throws AssertionError if the thread that runs it has used more processor time than this
   */
  public static <T> T within(Duration limit, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread worker = new Thread(task, "limited");
    worker.setDaemon(true);
    worker.start();
    while (true) {
      try {
        return task.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (THREADS.getThreadCpuTime(worker.getId()) > limit.toNanos()) {
          task.cancel(true);
          throw new AssertionError("took more than " + limit + " of processor time", e);
        }
      } catch (ExecutionException e) {
        throw new AssertionError("the work failed", e.getCause());
      } catch (InterruptedException | CancellationException e) {
        throw new AssertionError("the test was stopped", e);
      }
    }
  }
}
