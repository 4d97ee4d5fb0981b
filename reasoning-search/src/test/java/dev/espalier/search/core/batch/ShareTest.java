package dev.espalier.search.core.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.search.core.ledger.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareTest {

  @Test
  void dividesWhatIsLeftBetweenTheSearchesThatWait() {
    // Given
    Share budget = new Share(1_000L, 30L, Duration.ofSeconds(60), 3.0);
    Share spent = new Share(100L, 10L, Duration.ofSeconds(30), 1.0);

    // When
    Share granted = budget.grant(List.of(spent), 4);

    // Then
    assertEquals(new Share(225L, 5L, Duration.ofMillis(7_500), .5), granted);
  }

  @Test
  void grantsNothingOfABudgetThatIsGone() {
    Share budget = new Share(100L, null, null, null);

    assertEquals(
        new Share(0L, null, null, null),
        budget.grant(List.of(new Share(120L, null, null, null)), 2));
  }

  @Test
  void isNoLimitWhereTheBatchHasNone() {
    Limits own = new Limits(50L, null, null, null, 10, 5);

    assertEquals(own, Share.UNLIMITED.grant(List.of(), 3).within(own));
  }

  @Test
  void theSmallerLimitHolds() {
    Limits own = new Limits(50L, 9L, Duration.ofSeconds(1), null, 10, 5);

    Limits within = new Share(80L, 4L, Duration.ofSeconds(2), 1.5).within(own);

    assertEquals(new Limits(50L, 4L, Duration.ofSeconds(1), 1.5, 10, 5), within);
  }

  @Test
  void theGrantsNeverExceedTheBudgetInWhateverOrderSearchesStartAndEnd() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Share budget = new Share(1 + (long) random.nextInt(10_000), null, null, null);
      List<Share> taken = new ArrayList<>();
      for (int waiting = 1 + random.nextInt(20); waiting > 0; waiting--) {
        taken.add(budget.grant(taken, waiting));
        assertTrue(taken.stream().mapToLong(Share::tokens).sum() <= budget.tokens());
        int ending = random.nextInt(taken.size());
        long spent = (long) (taken.get(ending).tokens() * random.nextDouble());
        taken.set(ending, new Share(spent, null, null, null));
      }
    }
  }
}
