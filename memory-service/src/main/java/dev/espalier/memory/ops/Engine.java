package dev.espalier.memory.ops;

import dev.espalier.memory.config.MemoryConfig;
import dev.espalier.memory.core.ContextComposer;
import dev.espalier.memory.core.ConversationModels;
import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.Embedders;
import dev.espalier.memory.core.LexicalIndex;
import dev.espalier.memory.core.Postings;
import dev.espalier.memory.core.Recall;
import dev.espalier.memory.core.SubjectRecall;
import dev.espalier.memory.core.TokenCounter;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.memory.core.WindowedBm25;
import dev.espalier.memory.core.erasure.Eraser;
import dev.espalier.memory.core.erasure.ErasureStore;
import dev.espalier.memory.core.event.ConversationEvents;
import dev.espalier.memory.core.forgetting.Forgetting;
import dev.espalier.memory.core.forgetting.ForgettingStore;
import dev.espalier.memory.core.forgetting.Reinforcement;
import dev.espalier.memory.core.reembedding.Reembedder;
import dev.espalier.memory.core.reembedding.ReembeddingStore;
import dev.espalier.memory.core.summary.CompactMemory;
import dev.espalier.memory.core.summary.ExtractiveSummarizer;
import dev.espalier.memory.core.summary.Segmentation;
import dev.espalier.memory.core.summary.SummaryStore;
import dev.espalier.memory.core.transfer.Export;
import dev.espalier.memory.tokens.Tokenizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Puts the parts of the core, which knows no container, together. */
@ApplicationScoped
class Engine {

  private static final Duration KEPT_IDLE = Duration.ofMinutes(1);

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
      Embedders embedders,
      ConversationModels models) {
    return new Recall(work, turns, vectors, words, embedders, models, questions());
  }

  /** A thread a core; where all are busy, whoever asks embeds its own question. */
  private static Executor questions() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new ThreadPoolExecutor(
        0,
        cores,
        KEPT_IDLE.toSeconds(),
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "question");
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.CallerRunsPolicy());
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
  Reembedder reembedder(
      UnitOfWork work,
      TurnStore turns,
      ReembeddingStore store,
      ConversationModels models,
      Embedders embedders,
      VectorIndex vectors) {
    return new Reembedder(work, turns, store, models, embedders, vectors);
  }

  @Produces
  @Singleton
  Eraser eraser(UnitOfWork work, ErasureStore store, CompactMemory summaries, VectorIndex vectors) {
    return new Eraser(work, store, summaries, vectors);
  }

  @Produces
  @Singleton
  Forgetting forgetting(
      UnitOfWork work,
      TurnStore turns,
      ForgettingStore store,
      ConversationEvents events,
      Clock clock) {
    return new Forgetting(work, turns, store, events, UUID::randomUUID, clock);
  }

  @Produces
  @Singleton
  Export export(UnitOfWork work, ConversationStore conversations, TurnStore turns) {
    return new Export(work, conversations, turns);
  }

  @Produces
  @Singleton
  Reinforcement reinforcement(UnitOfWork work, ForgettingStore store, ConversationEvents events) {
    return new Reinforcement(work, store, events);
  }
}
