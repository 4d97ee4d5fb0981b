package dev.espalier.kg.reasoning;

import dev.espalier.kg.config.KgConfig;
import dev.espalier.kg.resource.Scope;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads for work that keeps a processor busy. Work waits for a thread until its deadline;
 * with too much work waiting, more is refused at once.
 */
@ApplicationScoped
public class ReasoningThreads {

  private final ThreadPoolExecutor pool;
  private final Clock clock;

  ReasoningThreads(KgConfig config, Clock clock) {
    this.clock = clock;
    int threads =
        config.queries().threads().orElse(Math.max(1, Runtime.getRuntime().availableProcessors()));
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(config.queries().waiting()),
            task -> {
              Thread thread = new Thread(task, "reasoning-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  void stop(@Observes ShutdownEvent event) {
    pool.shutdownNow();
  }

  /**
   * Runs the work on one of the threads.
   *
   * @throws ProblemException {@code service.overloaded} when no thread was free in time, {@code
   *     request.deadline_exceeded} when the work itself took too long
   */
  public <T> T run(Scope scope, Callable<T> work) {
    AtomicBoolean hasBegun = new AtomicBoolean();
    Future<T> result =
        submit(
            () -> {
              hasBegun.set(true);
              return work.call();
            });
    try {
      Duration left = Duration.between(clock.instant(), scope.deadline());
      return result.get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      result.cancel(true);
      throw new ProblemException(
          hasBegun.get()
              ? Problem.of(ErrorCode.DEADLINE_EXCEEDED, null)
              : Problem.of(ErrorCode.OVERLOADED, "no thread was free before the deadline"),
          e);
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.of(ErrorCode.UNAVAILABLE, "stopping"), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return pool.submit(work);
    } catch (RejectedExecutionException e) {
      throw new ProblemException(
          Problem.of(ErrorCode.OVERLOADED, "too many questions are waiting"), e);
    }
  }
}
