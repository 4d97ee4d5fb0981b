package dev.espalier.gateway.core.spending;

/** Watches calls to language models, for traces and metrics. It never learns what they say. */
public interface CallWatch {

  /** A call begins. */
  Watched begin(String operation, String model);

  /** A call that goes on. */
  @FunctionalInterface
  interface Watched {

    void end(Charge used, String outcome);
  }
}
