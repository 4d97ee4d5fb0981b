package dev.espalier.gateway.core.spending;

import dev.espalier.gateway.core.access.Caller;
import java.time.Instant;
import java.util.UUID;

/** Where budgets are kept. Every method blocks, and throws if the store cannot be reached. */
public interface BudgetStore {

  /** What came of a reservation. */
  sealed interface Outcome {

    /** All budgets that apply cover the call, and the most that it may cost is set aside. */
    record Held() implements Outcome {}

    /** This budget does not cover the call; nothing is set aside. */
    record Exhausted(UUID budget, Period period) implements Outcome {}
  }

  /**
   * Sets aside in every budget of the caller's key and tenant, or in none, in one step.
   *
   * @param deadline when the reservation is released if nobody has settled it
   */
  Outcome reserve(UUID reservation, Caller caller, Charge atMost, Instant now, Instant deadline);

  /** Replaces what was set aside by what was used; a second time changes nothing. */
  void settle(UUID reservation, Charge used, Instant now);
}
