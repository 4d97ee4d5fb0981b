package dev.espalier.gateway.core.spending;

import dev.espalier.gateway.core.access.Caller;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets every call happen and records nothing. */
public final class Unmetered implements Spending {

  @Override
  public CompletionStage<Reservation> reserve(
      Caller caller, String operation, String model, Charge atMost) {
    return CompletableFuture.completedStage(new Free());
  }

  private static final class Free implements Reservation {

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public CompletionStage<Void> settle(Charge used, boolean isEstimated, String outcome) {
      return CompletableFuture.completedStage(null);
    }
  }
}
