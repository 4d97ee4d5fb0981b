package dev.espalier.memory.core.forgetting;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is forgotten when a conversation has more turns than its tiers hold.
 *
 * @param active how many turns keep their vectors
 * @param searchable how many turns keep their vectors or at least their place in the word index
 * @param protectNewest so many of the newest turns are never forgotten
 * @param purgeAfterTurns how many turns after it was archived a turn is purged; null means never
 * @param weights for {@link Strategy#ACTIVATION}
 * @param salience for both of HEMA's
 * @param seed for {@link Strategy#RANDOM}
 */
public record ForgettingPolicy(
    Strategy strategy,
    Capacity active,
    Capacity searchable,
    int protectNewest,
    @Nullable Long purgeAfterTurns,
    Weights weights,
    Salience salience,
    long seed) {

  public static final String DEFAULT_ID = "default";

  /** HEMA's headline cut. */
  private static final double KEPT_SHARE = 0.66;

  private static final int PROTECTED = 50;

  public ForgettingPolicy {
    if (protectNewest < 0) {
      throw new IllegalArgumentException("protect_newest=" + protectNewest);
    }
    if (purgeAfterTurns != null && purgeAfterTurns < 1) {
      throw new IllegalArgumentException("purge_after_turns=" + purgeAfterTurns);
    }
  }

  public static ForgettingPolicy of(Strategy strategy) {
    return new ForgettingPolicy(
        strategy,
        Capacity.share(KEPT_SHARE),
        Capacity.ALL,
        PROTECTED,
        null,
        Weights.DEFAULT,
        Salience.DEFAULT,
        1);
  }

  /** The policies that every tenant has until it stores another one under the same id. */
  public static Optional<ForgettingPolicy> builtIn(String id) {
    return DEFAULT_ID.equals(id)
        ? Optional.of(of(Strategy.ACTIVATION))
        : List.of(Strategy.values()).stream()
            .filter(strategy -> strategy.name().toLowerCase(Locale.ROOT).equals(id))
            .findFirst()
            .map(ForgettingPolicy::of);
  }
}
