package dev.espalier.memory.evaluation.crashes;

import dev.espalier.memory.evaluation.client.Reply;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How appends failed before they were repeated, and how long the slowest try took. */
final class Outage {

  private final Map<String, AtomicInteger> failures = new ConcurrentSkipListMap<>();
  private final AtomicLong slowest = new AtomicLong();

  void failed(Reply reply, long nanos) {
    String code = reply.json().path("code").asText("without a code");
    failed(reply.status() + " " + code + (reply.hasRetryAfter() ? " with Retry-After" : ""), nanos);
  }

  void failed(IOException failure, long nanos) {
    failed(failure.getClass().getSimpleName(), nanos);
  }

  void answered(long nanos) {
    slowest.accumulateAndGet(nanos, Math::max);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "tries that failed %s; slowest try %.2f s",
        failures.isEmpty() ? "none" : failures,
        slowest.get() / 1e9);
  }

  private void failed(String kind, long nanos) {
    failures.computeIfAbsent(kind, it -> new AtomicInteger()).incrementAndGet();
    answered(nanos);
  }
}
