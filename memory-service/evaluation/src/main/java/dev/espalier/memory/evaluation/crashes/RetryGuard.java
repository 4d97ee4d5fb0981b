package dev.espalier.memory.evaluation.crashes;

/** What makes an append safe to repeat. Each kind alone must be enough. */
enum RetryGuard {
  IDEMPOTENCY_KEY(true, false),
  CLIENT_TURN_ID(false, true),
  BOTH(true, true);

  private final boolean hasKey;
  private final boolean hasTurnId;

  RetryGuard(boolean hasKey, boolean hasTurnId) {
    this.hasKey = hasKey;
    this.hasTurnId = hasTurnId;
  }

  static RetryGuard of(int turn) {
    return values()[turn % values().length];
  }

  boolean hasKey() {
    return hasKey;
  }

  boolean hasTurnId() {
    return hasTurnId;
  }
}
