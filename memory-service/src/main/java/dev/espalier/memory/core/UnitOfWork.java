package dev.espalier.memory.core;

import java.util.function.Supplier;

/** Runs work that happens whole or not at all. */
public interface UnitOfWork {

  /**
   * Runs the work in one transaction that sees the scope's tenant only.
   *
   * @throws MemoryException {@code database.unavailable}, {@code request.deadline_exceeded}; what
   *     the work itself throws passes through, and undoes it
   */
  <T> T in(Scope scope, Supplier<T> work);
}
