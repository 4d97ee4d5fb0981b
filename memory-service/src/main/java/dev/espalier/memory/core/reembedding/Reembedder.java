package dev.espalier.memory.core.reembedding;

import dev.espalier.memory.core.Claim;
import dev.espalier.memory.core.ConversationModels;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.Embedders;
import dev.espalier.memory.core.EmbeddingModel;
import dev.espalier.memory.core.EmbeddingQueue.Outcome.Embedded;
import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.memory.core.reembedding.Reembedding.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves a conversation to another model without a moment in which it is not searched: the new
 * vectors are made beside the old ones, compared, and put in their place at once, and back if need
 * be.
 */
public final class Reembedder {

  private static final int BATCH = 16;

  private final UnitOfWork work;
  private final TurnStore turns;
  private final ReembeddingStore store;
  private final ConversationModels models;
  private final Embedders embedders;
  private final VectorIndex vectors;

  public Reembedder(
      UnitOfWork work,
      TurnStore turns,
      ReembeddingStore store,
      ConversationModels models,
      Embedders embedders,
      VectorIndex vectors) {
    this.work = work;
    this.turns = turns;
    this.store = store;
    this.models = models;
    this.embedders = embedders;
    this.vectors = vectors;
  }

  /**
   * Begins a move to the other model that is configured.
   *
   * @param enqueue adds the task, in the same unit of work
   * @throws MemoryException {@code memory.conversation_not_found}, {@code memory.no_other_model},
   *     {@code memory.reembedding_conflict} when one is under way
   */
  public Reembedding begin(Scope scope, UUID conversation, Consumer<UUID> enqueue) {
    return work.in(
        scope,
        () -> {
          turns.indexState(conversation); // refuses an unknown conversation
          store.lock(conversation);
          store
              .current(conversation)
              .ifPresent(
                  move -> {
                    throw MemoryException.reembeddingConflict(move.state().name());
                  });
          EmbeddingModel to =
              other(models.of(conversation).orElse(null))
                  .orElseThrow(MemoryException::noOtherModel)
                  .model();
          UUID id = UUID.randomUUID();
          store.open(id, conversation, to);
          enqueue.accept(id);
          return store.find(id).orElseThrow();
        });
  }

  /**
   * @throws MemoryException {@code memory.reembedding_not_found}
   */
  public Reembedding read(Scope scope, UUID conversation, UUID id) {
    return work.in(scope, () -> find(conversation, id));
  }

  /**
   * Embeds what is missing. No unit of work is open while a model is asked.
   *
   * @throws ModelUnavailableException when the model is away, to be tried again later
   */
  public void run(Supplier<Scope> scope, UUID id, Claim claim, BooleanSupplier shouldStop) {
    while (!shouldStop.getAsBoolean()) {
      Optional<Batch> next =
          work.in(
              scope.get(),
              () -> {
                claim.require();
                Reembedding move = store.find(id).orElseThrow();
                List<Turn> batch = store.readable(move.conversation(), move.throughSeq(), BATCH);
                if (batch.isEmpty()) {
                  store.to(id, State.READY);
                  claim.end();
                  return Optional.empty();
                }
                return Optional.of(new Batch(move, batch));
              });
      if (next.isEmpty()) {
        return;
      }
      Batch batch = next.get();
      Embedder embedder =
          embedders
              .of(batch.move().to())
              .orElseThrow(() -> new ModelUnavailableException("the model is not configured"));
      List<Embedded> embedded = embed(embedder, batch.turns());
      long through = batch.turns().get(batch.turns().size() - 1).seq();
      work.in(
          scope.get(),
          () -> {
            claim.require();
            store.add(batch.move(), embedded, through, batch.turns().size() - embedded.size());
            return through;
          });
    }
  }

  /**
   * Puts the new vectors in the place of the old ones, or back.
   *
   * @param isBack whether the old ones are searched again
   * @throws MemoryException {@code memory.reembedding_not_found}, {@code
   *     memory.reembedding_conflict} when it is not ready, or not cut over
   */
  public Reembedding cutOver(Scope scope, UUID conversation, UUID id, boolean isBack) {
    Reembedding moved =
        work.in(
            scope,
            () -> {
              store.lock(conversation);
              Reembedding move = find(conversation, id);
              EmbeddingModel target = isBack ? move.from() : move.to();
              if (move.state() != (isBack ? State.CUT_OVER : State.READY) || target == null) {
                throw MemoryException.reembeddingConflict(move.state().name());
              }
              store.search(conversation, target);
              store.to(id, isBack ? State.READY : State.CUT_OVER);
              return find(conversation, id);
            });
    vectors.evict(conversation);
    return moved;
  }

  /** Ends the move: the vectors that are not searched, old or new, go. */
  public void drop(Scope scope, UUID conversation, UUID id, Consumer<UUID> dequeue) {
    work.in(
        scope,
        () -> {
          store.lock(conversation);
          find(conversation, id);
          dequeue.accept(id);
          store.drop(conversation);
          store.to(id, State.DROPPED);
          return id;
        });
  }

  /**
   * Asks both models the same questions.
   *
   * @param queries the questions; where there are none, a sample of the conversation's turns
   * @throws MemoryException {@code memory.reembedding_not_found}, {@code
   *     memory.reembedding_conflict} while it runs
   * @throws ModelUnavailableException when one of them is away
   */
  public Comparison compare(
      Scope scope, UUID conversation, UUID id, List<String> queries, int sample, int k, long seed) {
    return new SideBySide(work, turns, store, embedders)
        .compare(scope, read(scope, conversation, id), queries, sample, k, seed);
  }

  private Reembedding find(UUID conversation, UUID id) {
    return store
        .find(id)
        .filter(move -> move.conversation().equals(conversation))
        .orElseThrow(MemoryException::reembeddingNotFound);
  }

  private Optional<Embedder> other(@Nullable EmbeddingModel model) {
    return model == null ? embedders.others().stream().findFirst() : embedders.besides(model);
  }

  /** Together, or else one by one: a text that no vector can be had of is left to its words. */
  private static List<Embedded> embed(Embedder embedder, List<Turn> turns) {
    try {
      List<float[]> vectors =
          embedder.embedPassages(turns.stream().map(turn -> turn.said().indexedText()).toList());
      List<Embedded> embedded = new ArrayList<>();
      for (int i = 0; i < turns.size(); i++) {
        embedded.add(new Embedded(turns.get(i).seq(), vectors.get(i), embedder.model()));
      }
      return embedded;
    } catch (ModelUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      return turns.size() == 1
          ? List.of()
          : turns.stream().flatMap(turn -> embed(embedder, List.of(turn)).stream()).toList();
    }
  }

  /** Turns to embed. */
  private record Batch(Reembedding move, List<Turn> turns) {}
}
