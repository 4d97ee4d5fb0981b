package dev.espalier.memory.evaluation.crashes;

import dev.espalier.memory.evaluation.client.StoredTurn;
import dev.espalier.memory.evaluation.crashes.Ledger.Acknowledged;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was acknowledged, held against what is stored.
 *
 * @param acknowledged turns
 * @param lost acknowledged, but not stored
 * @param duplicated stored again
 * @param moved stored in another place than the one acknowledged
 * @param unknown stored, but never acknowledged
 * @param gaps sequence numbers that are not one above the one before
 */
record Audit(int acknowledged, int lost, int duplicated, int moved, int unknown, int gaps) {

  static final Audit NONE = new Audit(0, 0, 0, 0, 0, 0);

  /**
   * @param stored every turn of the conversation, oldest first
   */
  static Audit of(Collection<Acknowledged> acknowledged, List<StoredTurn> stored) {
    Map<String, List<Long>> places =
        stored.stream()
            .collect(
                Collectors.groupingBy(
                    StoredTurn::content,
                    HashMap::new,
                    Collectors.mapping(StoredTurn::seq, Collectors.toList())));
    int gaps = 0;
    for (int i = 0; i < stored.size(); i++) {
      gaps += stored.get(i).seq() == i + 1 ? 0 : 1;
    }
    int duplicated = stored.size() - places.size();
    int lost = 0;
    int moved = 0;
    for (Acknowledged turn : acknowledged) {
      List<Long> at = places.getOrDefault(turn.content(), List.of());
      lost += at.isEmpty() ? 1 : 0;
      moved += !at.isEmpty() && !at.contains(turn.seq()) ? 1 : 0;
    }
    acknowledged.forEach(turn -> places.remove(turn.content()));
    return new Audit(acknowledged.size(), lost, duplicated, moved, places.size(), gaps);
  }

  Audit plus(Audit other) {
    return new Audit(
        acknowledged + other.acknowledged,
        lost + other.lost,
        duplicated + other.duplicated,
        moved + other.moved,
        unknown + other.unknown,
        gaps + other.gaps);
  }

  boolean isClean() {
    return lost + duplicated + moved + unknown + gaps == 0;
  }

  @Override
  public String toString() {
    return "acknowledged %,d, lost %d, duplicated %d, moved %d, unknown %d, gaps %d"
        .formatted(acknowledged, lost, duplicated, moved, unknown, gaps);
  }
}
