package dev.espalier.memory.evaluation.crashes;

import dev.espalier.measuring.command.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Threads that do the same work and start it at the same moment. */
final class Crew implements AutoCloseable {

  private final ExecutorService threads;
  private final List<Future<?>> work = new ArrayList<>();

  /**
   * @param task gets the number of its thread, from 0
   */
  Crew(int size, IntConsumer task) {
    threads = Executors.newFixedThreadPool(size);
    CountDownLatch everybody = new CountDownLatch(size);
    for (int i = 0; i < size; i++) {
      int thread = i;
      work.add(
          threads.submit(
              () -> {
                everybody.countDown();
                everybody.await();
                task.accept(thread);
                return thread;
              }));
    }
  }

  boolean isDone() {
    return work.stream().allMatch(Future::isDone);
  }

  /**
   * Waits for all of them.
   *
   * @throws CommandException if one failed
   */
  void join() {
    for (Future<?> each : work) {
      try {
        each.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandException("interrupted", e);
      } catch (ExecutionException e) {
        throw new CommandException("a writer failed: " + e.getCause(), e);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
