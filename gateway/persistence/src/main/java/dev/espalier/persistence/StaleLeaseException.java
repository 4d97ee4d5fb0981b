package dev.espalier.persistence;

/** Somebody else has claimed the task since, or it has ended; nothing was written. */
public final class StaleLeaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleLeaseException(Lease lease) {
    super("task " + lease.id() + " is no longer held under fence " + lease.fence());
  }
}
