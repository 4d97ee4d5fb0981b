package dev.espalier.gateway.core.spending;

import dev.espalier.gateway.core.access.Caller;
import java.util.concurrent.CompletionStage;

/** Lets a call happen if the limits and the budgets of its key allow the most that it may cost. */
public interface Spending {

  /**
   * Sets aside what the call may cost.
   *
   * <p>The stage may complete on another thread than the caller's.
   *
   * @param caller whose key pays
   * @param requestId of the client's request, for the usage record
   * @param operation what is done, for the usage record, such as {@code chat}
   * @param model the model as the client named it
   * @param atMost an upper bound
   * @return a reservation, or a failed stage with a {@code ProblemException}: {@code limit.tokens},
   *     {@code budget.exhausted} (both 429), {@code database.unavailable} when a budget cannot be
   *     asked
   */
  CompletionStage<Reservation> reserve(
      Caller caller, String requestId, String operation, String model, Charge atMost);
}
