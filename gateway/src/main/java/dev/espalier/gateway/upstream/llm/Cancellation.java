package dev.espalier.gateway.upstream.llm;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells a call that nobody waits for it any more. Cancelled on the event loop of the request; asked
 * from anywhere.
 */
public final class Cancellation {

  private final List<Runnable> effects = new ArrayList<>();
  private volatile boolean isCancelled;

  public boolean isCancelled() {
    return isCancelled;
  }

  /** Runs at once if it is too late already. */
  public void onCancel(Runnable effect) {
    if (isCancelled) {
      effect.run();
    } else {
      effects.add(effect);
    }
  }

  public void cancel() {
    if (!isCancelled) {
      isCancelled = true;
      List.copyOf(effects).forEach(Runnable::run);
      effects.clear();
    }
  }
}
