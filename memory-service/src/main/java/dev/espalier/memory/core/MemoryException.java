package dev.espalier.memory.core;

import java.util.Map;

/** Why the memory engine refused or failed, with a stable code. */
public final class MemoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The stable reasons. */
  public enum Reason {
    CONVERSATION_NOT_FOUND,
    SEQUENCE_CONFLICT,
    VERSION_CONFLICT,
    CLIENT_TURN_CONFLICT,
    BUDGET_TOO_SMALL,
    TURN_NOT_FOUND,
    POLICY_NOT_FOUND,
    RUN_NOT_FOUND
  }

  private final Reason reason;
  private final transient Map<String, Object> facts;

  private MemoryException(Reason reason, String detail, Map<String, Object> facts) {
    super(detail);
    this.reason = reason;
    this.facts = Map.copyOf(facts);
  }

  public static MemoryException conversationNotFound() {
    return new MemoryException(
        Reason.CONVERSATION_NOT_FOUND, "no conversation has this id", Map.of());
  }

  public static MemoryException sequenceConflict(long expected, long current) {
    return new MemoryException(
        Reason.SEQUENCE_CONFLICT,
        "expected_seq is " + expected + ", the conversation is at " + current,
        Map.of("current_seq", current));
  }

  public static MemoryException versionConflict(long current) {
    return new MemoryException(
        Reason.VERSION_CONFLICT,
        "the conversation is at version " + current,
        Map.of("current_version", current));
  }

  public static MemoryException clientTurnConflict(String clientTurnId, long seq) {
    return new MemoryException(
        Reason.CLIENT_TURN_CONFLICT,
        "another turn is stored under this client_turn_id",
        Map.of("client_turn_id", clientTurnId, "seq", seq));
  }

  public static MemoryException budgetTooSmall(int needed, int budget) {
    return new MemoryException(
        Reason.BUDGET_TOO_SMALL,
        "the input alone needs " + needed + " tokens, budget_tokens is " + budget,
        Map.of("tokens_needed", needed));
  }

  public static MemoryException turnNotFound(long seq) {
    return new MemoryException(
        Reason.TURN_NOT_FOUND, "the conversation has no such turn", Map.of("seq", seq));
  }

  public static MemoryException policyNotFound(String id) {
    return new MemoryException(
        Reason.POLICY_NOT_FOUND, "no forgetting policy has this id", Map.of("policy", id));
  }

  public static MemoryException runNotFound() {
    return new MemoryException(Reason.RUN_NOT_FOUND, "no forgetting run has this id", Map.of());
  }

  public Reason reason() {
    return reason;
  }

  /** Further facts for the client, such as {@code current_seq}. */
  public Map<String, Object> facts() {
    return facts;
  }
}
