package dev.espalier.memory.core.forgetting;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of a policy over a conversation.
 *
 * @param policy as it was when it ran
 * @param lastSeq the conversation's newest turn then
 * @param undoneAt when it was undone; null while it holds
 * @param items what it changed, by sequence
 */
public record ForgettingRun(
    UUID id,
    UUID conversation,
    String policyId,
    ForgettingPolicy policy,
    long lastSeq,
    Instant createdAt,
    @Nullable Instant undoneAt,
    List<ForgettingPlan.Item> items) {

  public ForgettingRun {
    items = List.copyOf(items);
  }

  /** How many turns moved, by the names of both tiers, as in {@code active_to_dormant}. */
  public Map<String, Integer> changes() {
    return ForgettingPlan.counted(items);
  }
}
