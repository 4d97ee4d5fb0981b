package dev.espalier.memory.core.reembedding;

import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.Embedders;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.memory.core.PackedVectors;
import dev.espalier.memory.core.Ranked;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.reembedding.Reembedding.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares two models over one conversation: overlap@k is the share of the k nearest turns that
 * both name. It says how much would change, not which of them is right. Both sets are scanned
 * exactly; cost: two embeddings and two scans for each question.
 */
final class SideBySide {

  private final UnitOfWork work;
  private final TurnStore turns;
  private final ReembeddingStore store;
  private final Embedders embedders;

  SideBySide(UnitOfWork work, TurnStore turns, ReembeddingStore store, Embedders embedders) {
    this.work = work;
    this.turns = turns;
    this.store = store;
    this.embedders = embedders;
  }

  Comparison compare(
      Scope scope, Reembedding move, List<String> queries, int sample, int k, long seed) {
    if (move.state() != State.READY && move.state() != State.CUT_OVER) {
      throw MemoryException.reembeddingConflict(move.state().name());
    }
    ReembeddingStore.Sides sides = work.in(scope, () -> store.sides(move.conversation()));
    List<String> asked = queries.isEmpty() ? sampled(scope, move, sample, seed) : queries;
    boolean isOver = move.state() == State.CUT_OVER;
    Side old = side(move.from(), isOver ? sides.spare() : sides.searched());
    Side fresh = side(move.to(), isOver ? sides.searched() : sides.spare());
    List<Double> overlaps = new ArrayList<>();
    for (String query : asked) {
      Set<Long> both = old.nearest(query, k);
      int most = Math.min(k, Math.min(old.vectors().size(), fresh.vectors().size()));
      both.retainAll(fresh.nearest(query, k));
      overlaps.add(most == 0 ? 0 : (double) both.size() / most);
    }
    return Comparison.of(k, overlaps, seed);
  }

  private List<String> sampled(Scope scope, Reembedding move, int sample, long seed) {
    Random random = new Random(seed);
    Set<Long> seqs = new TreeSet<>();
    for (int i = 0; i < sample && move.lastSeq() > 0; i++) {
      seqs.add(1 + (long) (random.nextDouble() * move.lastSeq()));
    }
    return work.in(scope, () -> turns.find(move.conversation(), seqs)).values().stream()
        .filter(Turn::isReadable)
        .map(Turn::content)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private Side side(@Nullable EmbeddingModel model, List<PackedVectors.Entry> vectors) {
    if (model == null || vectors.isEmpty()) {
      throw new ModelUnavailableException("there are no vectors to compare with");
    }
    Embedder embedder =
        embedders
            .of(model)
            .orElseThrow(
                () -> new ModelUnavailableException("one of the models is not configured"));
    return new Side(embedder, PackedVectors.empty(model.dimensions()).with(vectors));
  }

  /** One model with its vectors. */
  private record Side(Embedder embedder, PackedVectors vectors) {

    Set<Long> nearest(String query, int k) {
      Set<Long> seqs = new HashSet<>();
      for (Ranked hit : vectors.nearest(embedder.embedQuery(query), k, null)) {
        seqs.add(hit.seq());
      }
      return seqs;
    }
  }
}
