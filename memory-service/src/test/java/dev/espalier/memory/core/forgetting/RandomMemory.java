package dev.espalier.memory.core.forgetting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Memories and policies drawn from a seed. */
final class RandomMemory {

  private final Random random;

  RandomMemory(long seed) {
    random = new Random(seed);
  }

  List<MemoryTrace> traces(int turns) {
    List<MemoryTrace> traces = new ArrayList<>();
    for (int seq = 1; seq <= turns; seq++) {
      int drawn = random.nextInt(10);
      boolean isPinned = drawn == 0;
      Tier tier = drawn < 7 ? Tier.ACTIVE : drawn < 9 ? Tier.DORMANT : Tier.ARCHIVED;
      traces.add(
          new MemoryTrace(
              seq,
              tier,
              tier == Tier.ACTIVE ? seq : seq + random.nextInt(turns - seq + 1),
              isPinned,
              tier == Tier.ACTIVE && random.nextInt(20) == 0,
              // Few values, so that ties are frequent.
              random.nextInt(8),
              random.nextInt(4) == 0,
              uses(seq, turns)));
    }
    return traces;
  }

  Uses uses(long seq, long lastSeq) {
    int count = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
    List<Long> times =
        LongStream.range(0, count)
            .map(i -> seq + random.nextLong(lastSeq - seq + 1))
            .boxed()
            .sorted(Comparator.reverseOrder())
            .limit(Uses.KEPT)
            .toList();
    return count == 0 ? Uses.NONE : new Uses(count, times);
  }

  ForgettingPolicy policy(Strategy strategy) {
    ForgettingPolicy plain = ForgettingPolicy.of(strategy);
    return new ForgettingPolicy(
        strategy,
        capacity(),
        capacity(),
        random.nextInt(20),
        random.nextBoolean() ? null : (long) (1 + random.nextInt(100)),
        plain.weights(),
        plain.salience(),
        random.nextLong());
  }

  private Capacity capacity() {
    return switch (random.nextInt(3)) {
      case 0 -> Capacity.ALL;
      case 1 -> new Capacity((long) random.nextInt(150), null);
      default -> Capacity.share(random.nextDouble());
    };
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** Every third turn repeats a stronger one. */
  static final NearDuplicates DUPLICATES =
      strongestFirst -> {
        var stronger = new HashMap<Long, Long>();
        for (int i = 1; i < strongestFirst.length; i += 3) {
          stronger.put(strongestFirst[i], strongestFirst[i - 1]);
        }
        return stronger;
      };
}
