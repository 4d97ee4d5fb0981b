package dev.espalier.memory.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.memory.core.forgetting.Capacity;
import dev.espalier.memory.core.forgetting.ForgettingPlan;
import dev.espalier.memory.core.forgetting.ForgettingPolicy;
import dev.espalier.memory.core.forgetting.ForgettingRun;
import dev.espalier.memory.core.forgetting.Salience;
import dev.espalier.memory.core.forgetting.Strategy;
import dev.espalier.memory.core.forgetting.Undone;
import dev.espalier.memory.core.forgetting.Weights;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Forgetting on the wire. */
final class ForgettingBody {

  static final String POLICY_ID = "^[a-z0-9][a-z0-9_-]{0,63}$";

  private ForgettingBody() {}

  /** A policy; what is absent takes its default. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ForgettingPolicy", additionalProperties = Schema.False.class)
  record Policy(
      @NotNull @Pattern(regexp = "^(?:activation|hema|hema_as_printed|random)$") String strategy,
      @Valid @Nullable Limit active,
      @Valid @Nullable Limit searchable,
      @Min(0) @Max(1_000_000) @Nullable Integer protectNewest,
      @Min(1) @Nullable Long purgeAfterTurns,
      @Valid @Nullable Parts weights,
      @Valid @Nullable HemaParts salience,
      @Nullable Long seed) {

    ForgettingPolicy toCore() {
      ForgettingPolicy absent =
          ForgettingPolicy.of(Strategy.valueOf(strategy.toUpperCase(Locale.ROOT)));
      return new ForgettingPolicy(
          absent.strategy(),
          active == null ? absent.active() : active.toCore(),
          searchable == null ? absent.searchable() : searchable.toCore(),
          protectNewest == null ? absent.protectNewest() : protectNewest,
          purgeAfterTurns,
          weights == null ? absent.weights() : weights.toCore(),
          salience == null ? absent.salience() : salience.toCore(),
          seed == null ? absent.seed() : seed);
    }

    static Policy of(ForgettingPolicy policy) {
      Weights w = policy.weights();
      Salience s = policy.salience();
      return new Policy(
          lower(policy.strategy()),
          Limit.of(policy.active()),
          Limit.of(policy.searchable()),
          policy.protectNewest(),
          policy.purgeAfterTurns(),
          new Parts(
              w.information(),
              w.activation(),
              w.use(),
              w.redundancy(),
              w.question(),
              w.decay(),
              w.duplicateCosine()),
          new HemaParts(s.lambda(), s.gamma(), s.beta()),
          policy.seed());
    }
  }

  /** How many turns a tier holds; an empty one holds all. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "TierCapacity", additionalProperties = Schema.False.class)
  record Limit(
      @Min(0) @Nullable Long atMost, @DecimalMin("0") @DecimalMax("1") @Nullable Double share) {

    Capacity toCore() {
      return new Capacity(atMost, share);
    }

    static Limit of(Capacity capacity) {
      return new Limit(capacity.atMost(), capacity.share());
    }
  }

  /** What counts how much. */
  @Schema(name = "StrengthWeights", additionalProperties = Schema.False.class)
  record Parts(
      @DecimalMin("0") @DecimalMax("1000") @Nullable Double information,
      @DecimalMin("0") @DecimalMax("1000") @Nullable Double activation,
      @DecimalMin("0") @DecimalMax("1000") @Nullable Double use,
      @DecimalMin("0") @DecimalMax("1000") @Nullable Double redundancy,
      @DecimalMin("0") @DecimalMax("1000") @Nullable Double question,
      @DecimalMin("0.01") @DecimalMax("0.99") @Nullable Double decay,
      @DecimalMin("0.01") @DecimalMax("1") @Nullable Double duplicateCosine) {

    Weights toCore() {
      Weights absent = Weights.DEFAULT;
      return new Weights(
          or(information, absent.information()),
          or(activation, absent.activation()),
          or(use, absent.use()),
          or(redundancy, absent.redundancy()),
          or(question, absent.question()),
          or(decay, absent.decay()),
          or(duplicateCosine, absent.duplicateCosine()));
    }
  }

  /** The parameters of HEMA's salience. */
  @Schema(name = "HemaSalience", additionalProperties = Schema.False.class)
  record HemaParts(
      @DecimalMin("0") @DecimalMax("1000") @Nullable Double lambda,
      @DecimalMin("0") @DecimalMax("1000") @Nullable Double gamma,
      @DecimalMin("0") @DecimalMax("1000") @Nullable Double beta) {

    Salience toCore() {
      Salience absent = Salience.DEFAULT;
      return new Salience(
          or(lambda, absent.lambda()), or(gamma, absent.gamma()), or(beta, absent.beta()));
    }
  }

  /** A run to do, or to show. */
  @Schema(name = "ForgettingRequest", additionalProperties = Schema.False.class)
  record Request(
      @Pattern(regexp = POLICY_ID) @Nullable String policy,
      @Nullable Boolean dryRun,
      @Nullable Boolean explain) {

    String policyId() {
      return policy == null ? ForgettingPolicy.DEFAULT_ID : policy;
    }

    boolean isDryRun() {
      return Boolean.TRUE.equals(dryRun);
    }

    boolean wantsExplanation() {
      return Boolean.TRUE.equals(explain);
    }
  }

  /** A run: how many turns moved where, and which, a page at a time. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ForgettingRun")
  record Run(
      @Nullable UUID id,
      UUID conversationId,
      String policy,
      boolean dryRun,
      long lastSeq,
      @Nullable Instant createdAt,
      @Nullable Instant undoneAt,
      Map<String, Integer> changes,
      @Schema(maxItems = 10_000) List<Item> items,
      @Nullable Long nextAfterSeq) {

    static Run of(ForgettingRun run, List<ForgettingPlan.Item> shown, long afterSeq, int limit) {
      List<Item> page = page(shown, afterSeq, limit);
      return new Run(
          run.id(),
          run.conversation(),
          run.policyId(),
          false,
          run.lastSeq(),
          run.createdAt(),
          run.undoneAt(),
          run.changes(),
          page,
          next(shown, page, limit));
    }

    static Run preview(
        UUID conversation, String policy, ForgettingPlan plan, boolean isExplained, int limit) {
      List<ForgettingPlan.Item> shown = isExplained ? plan.items() : plan.changes();
      List<Item> page = page(shown, 0, limit);
      return new Run(
          null,
          conversation,
          policy,
          true,
          plan.lastSeq(),
          null,
          null,
          ForgettingPlan.counted(plan.changes()),
          page,
          next(shown, page, limit));
    }

    private static List<Item> page(List<ForgettingPlan.Item> items, long afterSeq, int limit) {
      return items.stream()
          .filter(item -> item.seq() > afterSeq)
          .limit(limit)
          .map(Item::of)
          .toList();
    }

    private static @Nullable Long next(
        List<ForgettingPlan.Item> items, List<Item> page, int limit) {
      boolean isLast =
          page.size() < limit
              || page.get(page.size() - 1).seq() == items.get(items.size() - 1).seq();
      return isLast ? null : page.get(page.size() - 1).seq();
    }
  }

  /** What an undo brought back, and what it left because it was moved again or purged. */
  @Schema(name = "ForgettingUndo")
  record Undo(
      UUID runId, UUID conversationId, Instant undoneAt, List<Long> restored, List<Long> left) {

    static Undo of(Undone undone) {
      return new Undo(
          undone.run(), undone.conversation(), undone.undoneAt(), undone.restored(), undone.left());
    }
  }

  /** A turn, where it goes, and why. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ForgettingItem")
  record Item(
      long seq,
      String from,
      String to,
      String reason,
      double strength,
      Map<String, Double> parts,
      @Nullable Long duplicateOf) {

    static Item of(ForgettingPlan.Item item) {
      return new Item(
          item.seq(),
          lower(item.from()),
          lower(item.to()),
          lower(item.reason()),
          item.strength().total(),
          item.strength().parts(),
          item.strength().duplicateOf());
    }
  }

  private static double or(@Nullable Double given, double absent) {
    return given == null ? absent : given;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
