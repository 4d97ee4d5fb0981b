package dev.espalier.memory.core;

import dev.espalier.memory.core.summary.CompactMemory;
import dev.espalier.memory.core.summary.CompactSummary;
import dev.espalier.memory.core.summary.ExtractiveSummarizer;
import dev.espalier.memory.core.summary.Segmentation;
import dev.espalier.memory.core.summary.SummaryStore;
import dev.espalier.memory.tokens.Tokenizer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One conversation in memory, found newest first by every index. */
final class InMemoryTurns implements TurnStore, VectorIndex, LexicalIndex, UnitOfWork, Embedder {

  private final List<Turn> turns;

  InMemoryTurns(List<Turn> turns) {
    this.turns = List.copyOf(turns);
  }

  ContextComposer composer() {
    return new ContextComposer(
        this,
        this,
        new Recall(
            this,
            this,
            this,
            this,
            new Embedders(this, List.of()),
            id -> Optional.of(model()),
            Runnable::run),
        new CompactMemory(
            this,
            this,
            new NoSummaries(),
            new Segmentation(20, Duration.ofHours(6), 2000, String::length),
            new ExtractiveSummarizer(Tokenizer.O200K.counter(), 60, 400),
            Clock.systemUTC()));
  }

  @Override
  public <T> T in(Scope scope, Supplier<T> work) {
    return work.get();
  }

  @Override
  public Appended append(UUID conversation, List<NewTurn> added, @Nullable Long expectedSeq) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SortedMap<Long, Turn> find(UUID conversation, Collection<Long> seqs) {
    SortedMap<Long, Turn> found = new TreeMap<>();
    turns.stream().filter(t -> seqs.contains(t.seq())).forEach(t -> found.put(t.seq(), t));
    return found;
  }

  @Override
  public List<Turn> after(UUID conversation, long seq, int limit) {
    return turns.stream().filter(t -> t.seq() > seq).limit(limit).toList();
  }

  @Override
  public List<Turn> newest(UUID conversation, int limit) {
    return turns.subList(Math.max(0, turns.size() - limit), turns.size());
  }

  @Override
  public Map<Long, Occasion> occasions(UUID conversation, Collection<Long> seqs) {
    Map<Long, Occasion> occasions = new HashMap<>();
    find(conversation, seqs)
        .forEach(
            (seq, turn) ->
                occasions.put(seq, new Occasion(turn.said().speaker(), QuotedTurns.day(turn))));
    return occasions;
  }

  @Override
  public SeqSet matching(UUID conversation, TurnFilter filter) {
    return new SeqSet(turns.stream().mapToLong(Turn::seq).toArray());
  }

  @Override
  public IndexState indexState(UUID conversation) {
    return new IndexState(turns.size(), turns.size(), 0);
  }

  @Override
  public List<Ranked> nearest(
      UUID conversation, float[] query, int limit, @Nullable SeqSet allowed) {
    return newestFirst(limit);
  }

  @Override
  public List<Ranked> search(UUID conversation, String query, int limit, @Nullable SeqSet allowed) {
    return newestFirst(limit);
  }

  private List<Ranked> newestFirst(int limit) {
    List<Ranked> ranked = new ArrayList<>();
    for (int i = turns.size() - 1; i >= 0 && ranked.size() < limit; i--) {
      ranked.add(new Ranked(turns.get(i).seq(), i));
    }
    return ranked;
  }

  @Override
  public String name() {
    return "in memory";
  }

  @Override
  public void evict(UUID conversation) {}

  @Override
  public EmbeddingModel model() {
    return new EmbeddingModel("none", "1", "none", "", "", 1);
  }

  @Override
  public float[] embedPassage(String text) {
    return new float[] {1};
  }

  @Override
  public float[] embedQuery(String text) {
    return new float[] {1};
  }

  /** Keeps nothing, so that every summary is made when it is asked for. */
  private static final class NoSummaries implements SummaryStore {

    @Override
    public List<CompactSummary> current(UUID conversation, int level) {
      return List.of();
    }

    @Override
    public List<CompactSummary> history(UUID conversation, int level) {
      return List.of();
    }

    @Override
    public void add(UUID conversation, List<CompactSummary> summaries) {}

    @Override
    public void lock(UUID conversation) {}

    @Override
    public void attempt(Runnable writing) {
      writing.run();
    }

    @Override
    public long removeCovering(UUID conversation, Collection<Long> seqs) {
      return 0;
    }
  }
}
