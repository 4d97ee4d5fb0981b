package dev.espalier.memory.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why the memory engine refused or failed, with a stable code. */
public final class MemoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The stable reasons. */
  public enum Reason {
    CONVERSATION_NOT_FOUND,
    SEQUENCE_CONFLICT,
    VERSION_CONFLICT,
    CLIENT_TURN_CONFLICT,
    IDEMPOTENCY_KEY_REUSED,
    BUDGET_TOO_SMALL,
    DATABASE_UNAVAILABLE,
    DATABASE_READ_ONLY,
    DEADLINE_EXCEEDED
  }

  private final Reason reason;
  private final transient Map<String, Object> facts;

  private MemoryException(
      Reason reason, String detail, Map<String, Object> facts, @Nullable Throwable cause) {
    super(detail, cause);
    this.reason = reason;
    this.facts = Map.copyOf(facts);
  }

  public static MemoryException conversationNotFound() {
    return new MemoryException(
        Reason.CONVERSATION_NOT_FOUND, "no conversation has this id", Map.of(), null);
  }

  public static MemoryException sequenceConflict(long expected, long current) {
    return new MemoryException(
        Reason.SEQUENCE_CONFLICT,
        "expected_seq is " + expected + ", the conversation is at " + current,
        Map.of("current_seq", current),
        null);
  }

  public static MemoryException versionConflict(long current) {
    return new MemoryException(
        Reason.VERSION_CONFLICT,
        "the conversation is at version " + current,
        Map.of("current_version", current),
        null);
  }

  public static MemoryException clientTurnConflict(String clientTurnId, long seq) {
    return new MemoryException(
        Reason.CLIENT_TURN_CONFLICT,
        "another turn is stored under this client_turn_id",
        Map.of("client_turn_id", clientTurnId, "seq", seq),
        null);
  }

  public static MemoryException idempotencyKeyReused() {
    return new MemoryException(
        Reason.IDEMPOTENCY_KEY_REUSED,
        "this Idempotency-Key was used for another request",
        Map.of(),
        null);
  }

  public static MemoryException budgetTooSmall(int needed, int budget) {
    return new MemoryException(
        Reason.BUDGET_TOO_SMALL,
        "the input alone needs " + needed + " tokens, budget_tokens is " + budget,
        Map.of("tokens_needed", needed),
        null);
  }

  public static MemoryException databaseUnavailable(Throwable cause) {
    return new MemoryException(
        Reason.DATABASE_UNAVAILABLE, "the database did not answer", Map.of(), cause);
  }

  public static MemoryException databaseReadOnly(Throwable cause) {
    return new MemoryException(
        Reason.DATABASE_READ_ONLY, "the database takes no writes now", Map.of(), cause);
  }

  public static MemoryException deadlineExceeded(@Nullable Throwable cause) {
    return new MemoryException(
        Reason.DEADLINE_EXCEEDED, "the deadline has passed", Map.of(), cause);
  }

  public Reason reason() {
    return reason;
  }

  /** Further facts for the client, such as {@code current_seq}. */
  public Map<String, Object> facts() {
    return facts;
  }
}
