package dev.espalier.kg.resource;

import java.util.Locale;

/** Where a job stands. */
public enum JobStatus {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  public boolean isFinal() {
    return this != QUEUED && this != RUNNING;
  }

  /** The name on the wire, and of the event that says it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
