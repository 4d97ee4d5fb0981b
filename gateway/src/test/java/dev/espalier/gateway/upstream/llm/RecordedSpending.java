package dev.espalier.gateway.upstream.llm;

import dev.espalier.gateway.core.access.Caller;
import dev.espalier.gateway.core.spending.Charge;
import dev.espalier.gateway.core.spending.Reservation;
import dev.espalier.gateway.core.spending.Spending;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets everything happen and remembers it. */
final class RecordedSpending implements Spending {

  /** A reservation that was settled. */
  record Settled(Charge atMost, Charge used, boolean isEstimated, String outcome) {}

  final List<Charge> reserved = new CopyOnWriteArrayList<>();
  final List<Settled> settled = new CopyOnWriteArrayList<>();

  @Override
  public CompletionStage<Reservation> reserve(
      Caller caller, String requestId, String operation, String model, Charge atMost) {
    reserved.add(atMost);
    return CompletableFuture.completedStage(
        new Reservation() {
          @Override
          public Map<String, String> headers() {
            return Map.of("x-ratelimit-remaining-requests", "7");
          }

          @Override
          public CompletionStage<Void> settle(Charge used, boolean isEstimated, String outcome) {
            settled.add(new Settled(atMost, used, isEstimated, outcome));
            return CompletableFuture.completedStage(null);
          }
        });
  }

  Settled last() {
    return settled.get(settled.size() - 1);
  }
}
