package dev.espalier.search.upstream.model;

import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.port.UpstreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * The same call several times at once. What succeeded is kept; only where nothing did, the first
 * failure is thrown. A caller that is interrupted interrupts the calls.
 */
final class Fan<T> {

  private final ExecutorService threads;

  Fan(ExecutorService threads) {
    this.threads = threads;
  }

  List<T> all(int count, IntFunction<T> call) {
    if (count == 1) {
      return List.of(call.apply(0));
    }
    List<Future<T>> calls = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(threads.submit(() -> call.apply(number)));
      }
      return collect(calls);
    } finally {
      calls.forEach(running -> running.cancel(true));
    }
  }

  private List<T> collect(List<Future<T>> calls) {
    List<T> results = new ArrayList<>();
    RuntimeException failure = null;
    for (Future<T> running : calls) {
      try {
        results.add(running.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UpstreamException("upstream.cancelled", "nobody waits any more", e);
      } catch (ExecutionException e) {
        RuntimeException cause = (RuntimeException) e.getCause();
        if (!(cause instanceof UpstreamException || cause instanceof BudgetExhaustedException)) {
          throw cause;
        }
        failure = failure == null ? cause : failure;
      }
    }
    if (results.isEmpty() && failure != null) {
      throw failure;
    }
    return results;
  }
}
