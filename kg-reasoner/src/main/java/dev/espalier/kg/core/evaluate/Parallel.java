package dev.espalier.kg.core.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Independent pieces of work on a few threads, each with a workspace of its own. */
public final class Parallel {

  private Parallel() {}

  /** One piece of work. */
  @FunctionalInterface
  public interface Work<W> {
    void run(W workspace, int index);
  }

  /**
   * Runs pieces 0 to n - 1, in any order.
   *
   * @throws IllegalStateException if the calling thread is interrupted
   */
  public static <W> void run(int threads, int n, Supplier<W> workspace, Work<W> work) {
    if (threads == 1) {
      W own = workspace.get();
      for (int i = 0; i < n; i++) {
        work.run(own, i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        running.add(
            executor.submit(
                () -> {
                  W own = workspace.get();
                  for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
                    work.run(own, i);
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a piece of work failed", e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }
}
