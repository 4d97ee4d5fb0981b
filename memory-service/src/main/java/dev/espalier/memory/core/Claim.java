package dev.espalier.memory.core;

/** A background task that this worker holds. Both calls are made inside a unit of work. */
public interface Claim {

  /** Before the first write of every unit of work: fails it when somebody else has the task. */
  void require();

  /** With the last write: the task is done. */
  void end();
}
