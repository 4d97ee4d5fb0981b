package dev.espalier.memory.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/** Prefers what was said by those, and then, whom and when a question names. */
final class Preference {

  /*
   * Who is asked about has mostly said it: where a question names one speaker, 94 to 98 % of the
   * evidence turns are that speaker's own; where it names a month, 97 % were said in it. A name is in
   * the index, but too common there to weigh, and a date is not in it. So each ranking is put in
   * order again with scores raised once for every reason, and all other turns stay in it. The size
   * of the raise hardly matters: evidence recall is flat for offsets of .02 to .05 and factors of 1.4
   * to 1.8. Cost: O(n log n) in the hits.
   */
  private static final double COSINE_OFFSET = 0.05;

  private static final double BM25_FACTOR = 1.6;

  private final Map<Long, Integer> reasons = new HashMap<>();

  /**
   * @param occasions of the turns that were found
   */
  Preference(String question, Map<Long, Occasion> occasions) {
    Set<String> speakers =
        NamedSpeakers.in(
            question,
            occasions.values().stream()
                .map(Occasion::speaker)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    List<NamedTime> times = NamedTime.in(question);
    if (speakers.isEmpty() && times.isEmpty()) {
      return;
    }
    occasions.forEach(
        (seq, occasion) -> {
          boolean isNamed = occasion.speaker() != null && speakers.contains(occasion.speaker());
          int agreement =
              times.stream().mapToInt(time -> time.agreement(occasion.day())).max().orElse(0);
          reasons.put(seq, (isNamed ? 1 : 0) + agreement);
        });
  }

  List<Ranked> amongCosines(List<Ranked> bestFirst) {
    return preferred(bestFirst, (cosine, times) -> cosine + times * COSINE_OFFSET);
  }

  List<Ranked> amongBm25(List<Ranked> bestFirst) {
    return preferred(bestFirst, (score, times) -> score * Math.pow(BM25_FACTOR, times));
  }

  private List<Ranked> preferred(List<Ranked> bestFirst, DoubleBinaryOperator raised) {
    if (reasons.isEmpty()) {
      return bestFirst;
    }
    List<Ranked> ranking = new ArrayList<>(bestFirst.size());
    for (Ranked hit : bestFirst) {
      int times = reasons.getOrDefault(hit.seq(), 0);
      ranking.add(
          times == 0 ? hit : new Ranked(hit.seq(), raised.applyAsDouble(hit.score(), times)));
    }
    ranking.sort(
        Comparator.comparingDouble(Ranked::score).thenComparingLong(Ranked::seq).reversed());
    return ranking;
  }
}
