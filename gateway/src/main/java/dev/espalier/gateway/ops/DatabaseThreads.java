package dev.espalier.gateway.ops;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that may wait for the database: as many as there are connections for requests. */
@Singleton
public final class DatabaseThreads implements Executor {

  private static final int THREADS = 8;
  private static final int WAITING = 4_096;
  private static final int IDLE_SECONDS = 60;
  private static final int GRACE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  DatabaseThreads() {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "database-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws java.util.concurrent.RejectedExecutionException when too many wait already
   */
  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    threads.shutdown();
    threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
  }
}
