package dev.espalier.memory.ops;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.core.ContextComposer;
import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.Embedder;
import dev.espalier.memory.core.LexicalIndex;
import dev.espalier.memory.core.Postings;
import dev.espalier.memory.core.Recall;
import dev.espalier.memory.core.SubjectRecall;
import dev.espalier.memory.core.TokenCounter;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.memory.core.WindowedBm25;
import dev.espalier.memory.core.forgetting.Forgetting;
import dev.espalier.memory.core.forgetting.ForgettingStore;
import dev.espalier.memory.core.forgetting.Reinforcement;
import dev.espalier.memory.core.summary.CompactMemory;
import dev.espalier.memory.core.summary.ExtractiveSummarizer;
import dev.espalier.memory.core.summary.Segmentation;
import dev.espalier.memory.core.summary.SummaryStore;
import dev.espalier.memory.tokens.Tokenizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;

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
  SubjectRecall subjectRecall(
      UnitOfWork work, ConversationStore conversations, TurnStore turns, Recall recall) {
    return new SubjectRecall(work, conversations, turns, recall);
  }

  @Produces
  @Singleton
  CompactMemory compactMemory(
      UnitOfWork work, TurnStore turns, SummaryStore summaries, MemoryConfig config, Clock clock) {
    MemoryConfig.Summary settings = config.summary();
    TokenCounter tokens = Tokenizer.O200K.counter();
    return new CompactMemory(
        work,
        turns,
        summaries,
        new Segmentation(
            settings.segmentTurns(), settings.sessionGap(), settings.segmentTokens(), tokens),
        new ExtractiveSummarizer(tokens, settings.headlineTokens(), settings.bodyTokens()),
        clock);
  }

  @Produces
  @Singleton
  ContextComposer contexts(
      UnitOfWork work, TurnStore turns, Recall recall, CompactMemory summaries) {
    return new ContextComposer(work, turns, recall, summaries);
  }

  @Produces
  @Singleton
  Forgetting forgetting(UnitOfWork work, TurnStore turns, ForgettingStore store, Clock clock) {
    return new Forgetting(work, turns, store, UUID::randomUUID, clock);
  }

  @Produces
  @Singleton
  Reinforcement reinforcement(UnitOfWork work, ForgettingStore store) {
    return new Reinforcement(work, store);
  }
}
