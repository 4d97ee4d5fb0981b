package dev.espalier.search.store;

/** How far a search has come. */
public enum SearchStatus {
  /** No worker has taken it yet. */
  QUEUED,
  RUNNING,
  /** It has done what it could within its budget. */
  COMPLETED,
  CANCELLED,
  /** Upstreams or we failed too often; the best answer so far is there all the same. */
  FAILED;

  public boolean isFinal() {
    return this == COMPLETED || this == CANCELLED || this == FAILED;
  }
}
