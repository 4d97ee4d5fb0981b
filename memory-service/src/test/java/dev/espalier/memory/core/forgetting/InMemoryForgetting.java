package dev.espalier.memory.core.forgetting;

import dev.espalier.memory.core.Appended;
import dev.espalier.memory.core.IndexState;
import dev.espalier.memory.core.NewTurn;
import dev.espalier.memory.core.Occasion;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.SeqSet;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnFilter;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.event.ConversationEvent;
import dev.espalier.memory.core.event.ConversationEvents;
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

/** One conversation's memory, without its texts. */
final class InMemoryForgetting
    implements ForgettingStore, TurnStore, UnitOfWork, ConversationEvents {

  private final SortedMap<Long, MemoryTrace> traces = new TreeMap<>();
  private final ForgettingPolicy policy;
  private final Map<UUID, ForgettingRun> runs = new HashMap<>();
  private final Map<UUID, Undone> undone = new HashMap<>();
  private final List<ConversationEvent> published = new ArrayList<>();

  InMemoryForgetting(List<MemoryTrace> traces, ForgettingPolicy policy) {
    traces.forEach(trace -> this.traces.put(trace.seq(), trace));
    this.policy = policy;
  }

  List<MemoryTrace> all() {
    return List.copyOf(traces.values());
  }

  Map<Long, Tier> allTiers() {
    Map<Long, Tier> tiers = new TreeMap<>();
    traces.forEach((seq, trace) -> tiers.put(seq, trace.tier()));
    return tiers;
  }

  List<ConversationEvent> published() {
    return List.copyOf(published);
  }

  @Override
  public void publish(UUID conversation, ConversationEvent event) {
    published.add(event);
  }

  @Override
  public long end(UUID conversation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> T in(Scope scope, Supplier<T> work) {
    return work.get();
  }

  @Override
  public Optional<ForgettingPolicy> policy(String id) {
    return Optional.of(policy);
  }

  @Override
  public void put(String id, ForgettingPolicy newPolicy) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void lock(UUID conversation) {}

  @Override
  public List<MemoryTrace> traces(UUID conversation, long lastSeq) {
    return traces.values().stream().filter(trace -> trace.tier() != Tier.PURGED).toList();
  }

  @Override
  public Map<Long, float[]> vectors(UUID conversation) {
    return Map.of();
  }

  @Override
  public Map<Long, Tier> tiers(UUID conversation, Collection<Long> seqs) {
    Map<Long, Tier> tiers = allTiers();
    tiers.keySet().retainAll(seqs);
    tiers.values().removeIf(tier -> tier == Tier.ACTIVE);
    return tiers;
  }

  @Override
  public void move(UUID conversation, Collection<Long> seqs, Tier to, long lastSeq) {
    for (Long seq : seqs) {
      MemoryTrace was = traces.get(seq);
      traces.put(
          seq,
          new MemoryTrace(
              seq,
              to,
              lastSeq,
              was.isPinned(),
              was.isWaiting(),
              was.information(),
              was.isQuestion(),
              was.uses()));
    }
  }

  @Override
  public void use(UUID conversation, Collection<Long> seqs, long lastSeq) {
    for (Long seq : seqs) {
      MemoryTrace was = traces.get(seq);
      if (was.uses().recent().isEmpty() || was.uses().recent().get(0) < lastSeq) {
        List<Long> recent = new ArrayList<>(was.uses().recent());
        recent.add(0, lastSeq);
        traces.put(
            seq,
            new MemoryTrace(
                seq,
                was.tier(),
                was.sinceSeq(),
                was.isPinned(),
                was.isWaiting(),
                was.information(),
                was.isQuestion(),
                new Uses(
                    was.uses().count() + 1,
                    recent.subList(0, Math.min(Uses.KEPT, recent.size())))));
      }
    }
  }

  @Override
  public void add(ForgettingRun run) {
    runs.put(run.id(), run);
  }

  @Override
  public Optional<ForgettingRun> run(UUID run) {
    return Optional.ofNullable(runs.get(run));
  }

  @Override
  public void add(Undone done) {
    undone.put(done.run(), done);
  }

  @Override
  public Optional<Undone> undone(UUID run) {
    return Optional.ofNullable(undone.get(run));
  }

  @Override
  public boolean exists(UUID conversation, long seq) {
    return traces.containsKey(seq) && traces.get(seq).tier() != Tier.PURGED;
  }

  @Override
  public boolean pin(UUID conversation, long seq) {
    return setPinned(seq, true);
  }

  @Override
  public boolean unpin(UUID conversation, long seq) {
    return setPinned(seq, false);
  }

  private boolean setPinned(long seq, boolean isPinned) {
    MemoryTrace was = traces.get(seq);
    traces.put(
        seq,
        new MemoryTrace(
            seq,
            was.tier(),
            was.sinceSeq(),
            isPinned,
            was.isWaiting(),
            was.information(),
            was.isQuestion(),
            was.uses()));
    return was.isPinned() != isPinned;
  }

  @Override
  public Appended append(UUID conversation, List<NewTurn> turns, @Nullable Long expectedSeq) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SortedMap<Long, Turn> find(UUID conversation, Collection<Long> seqs) {
    return new TreeMap<>();
  }

  @Override
  public List<Turn> after(UUID conversation, long seq, int limit) {
    return List.of();
  }

  @Override
  public List<Turn> newest(UUID conversation, int limit) {
    return List.of();
  }

  @Override
  public Map<Long, Occasion> occasions(UUID conversation, Collection<Long> seqs) {
    return Map.of();
  }

  @Override
  public SeqSet matching(UUID conversation, TurnFilter filter) {
    return new SeqSet();
  }

  @Override
  public IndexState indexState(UUID conversation) {
    return new IndexState(traces.lastKey(), traces.lastKey(), 0);
  }
}
