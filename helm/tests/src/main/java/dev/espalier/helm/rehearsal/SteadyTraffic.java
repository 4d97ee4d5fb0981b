package dev.espalier.helm.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that append and recall without a pause, and count what went wrong. */
final class SteadyTraffic implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger succeeded = new AtomicInteger();
  private final Map<String, Integer> failures = new TreeMap<>();
  private volatile boolean isStopping;

  SteadyTraffic(Client client, String conversation, int clients) {
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(() -> run(client, conversation), "client-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  int succeeded() {
    return succeeded.get();
  }

  Map<String, Integer> failures() {
    synchronized (failures) {
      return Map.copyOf(failures);
    }
  }

  private void run(Client client, String conversation) {
    for (int i = 0; !isStopping; i++) {
      try {
        if (i % 2 == 0) {
          client.post(
              conversation + "/turns",
              "{\"turns\": [{\"role\": \"user\", \"content\": \"A turn among others.\"}]}");
        } else {
          client.post(conversation + "/recall", "{\"query\": \"others\", \"k\": 3}");
        }
        succeeded.incrementAndGet();
      } catch (RehearsalException e) {
        synchronized (failures) {
          failures.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
        }
        Pause.millis(20);
      }
    }
  }

  @Override
  public void close() {
    isStopping = true;
    for (Thread thread : threads) {
      try {
        thread.join(30_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
