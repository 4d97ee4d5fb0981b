package dev.espalier.memory.evaluation.crashes;

/** A process to kill. */
interface Victim {

  String name();

  /** Kills it like {@code kill -9} and returns when it is gone. */
  void kill();

  /** Starts it again on what it left, and returns when it takes connections. */
  void restart();
}
