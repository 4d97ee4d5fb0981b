package dev.espalier.memory.ops;

import dev.espalier.memory.core.ContextComposer;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.LexicalIndex;
import dev.espalier.memory.core.Postings;
import dev.espalier.memory.core.Recall;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.memory.core.WindowedBm25;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts of the core, which knows no container, together. */
@ApplicationScoped
class Engine {

  @Produces
  @Singleton
  LexicalIndex words(Postings postings) {
    return new WindowedBm25(postings);
  }

  @Produces
  @Singleton
  Recall recall(
      UnitOfWork work,
      TurnStore turns,
      VectorIndex vectors,
      LexicalIndex words,
      Embedder embedder) {
    return new Recall(work, turns, vectors, words, embedder);
  }

  @Produces
  @Singleton
  ContextComposer contexts(UnitOfWork work, TurnStore turns, Recall recall) {
    return new ContextComposer(work, turns, recall);
  }
}
