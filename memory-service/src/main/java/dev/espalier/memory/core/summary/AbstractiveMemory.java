package dev.espalier.memory.core.summary;

import dev.espalier.memory.core.Claim;
import dev.espalier.memory.core.ModelUnavailableException;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.summary.Abstractor.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a model's summaries in the place of extractive ones, in the background: level 1 from its
 * segment's turns, level 2 from level 1. What was there stays readable as superseded, and stays in
 * force, marked as degraded, when the model fails.
 */
public final class AbstractiveMemory {

  static final String UNAVAILABLE = "model_unavailable";
  static final String UNGROUNDED = "model_ungrounded";

  private final UnitOfWork work;
  private final CompactMemory memory;
  private final Abstractor model;
  private final int bodyTokens;
  private final Consumer<Checked> observer;

  /**
   * @param observer is told how many facts were kept and dropped
   */
  public AbstractiveMemory(
      UnitOfWork work,
      CompactMemory memory,
      Abstractor model,
      int bodyTokens,
      Consumer<Checked> observer) {
    this.work = work;
    this.memory = memory;
    this.model = model;
    this.bodyTokens = bodyTokens;
    this.observer = observer;
  }

  /**
   * Works through a conversation. No unit of work is open while the model is asked; what changed
   * meanwhile, by an erasure above all, makes its answer void.
   *
   * @throws ModelUnavailableException when the model is away, to be tried again later
   */
  public void improve(
      Supplier<Scope> scope, UUID conversation, Claim claim, BooleanSupplier shouldStop) {
    while (!shouldStop.getAsBoolean()) {
      Optional<Task> next =
          work.in(
              scope.get(),
              () -> {
                claim.require();
                Optional<Task> task = next(conversation);
                if (task.isEmpty()) {
                  claim.end();
                }
                return task;
              });
      if (next.isEmpty()) {
        return;
      }
      attempt(scope, conversation, next.get(), claim);
    }
  }

  private void attempt(Supplier<Scope> scope, UUID conversation, Task task, Claim claim) {
    List<Sentence> kept;
    try {
      List<Sentence> facts = model.facts(scope.get().tenant(), task.excerpts(), bodyTokens);
      kept = new Grounding(task.excerpts()).kept(facts);
      observer.accept(new Checked(kept.size(), facts.size() - kept.size()));
    } catch (ModelUnavailableException e) {
      mark(scope, conversation, task, claim, UNAVAILABLE);
      throw e;
    }
    if (kept.isEmpty()) {
      mark(scope, conversation, task, claim, UNGROUNDED);
      return;
    }
    replace(scope, conversation, task, claim, memory.abstracted(kept), model.method(), null);
  }

  private void mark(Supplier<Scope> scope, UUID conversation, Task task, Claim claim, String why) {
    if (!why.equals(task.current().degraded())) {
      CompactSummary current = task.current();
      replace(scope, conversation, task, claim, current.summary(), current.method(), why);
    }
  }

  private void replace(
      Supplier<Scope> scope,
      UUID conversation,
      Task task,
      Claim claim,
      Summary summary,
      String method,
      @Nullable String degraded) {
    work.in(
        scope.get(),
        () -> {
          claim.require();
          return memory.supersede(conversation, task.current(), summary, method, degraded);
        });
  }

  /** The first summary that the model has not made, and has not failed to ground. */
  private Optional<Task> next(UUID conversation) {
    CompactMemory.Hierarchy hierarchy = memory.current(conversation, null);
    for (CompactSummary segment : hierarchy.segments()) {
      if (isOpenToModel(segment)) {
        return Optional.of(
            new Task(
                segment,
                memory.turns(conversation, segment).stream()
                    .filter(Turn::isReadable)
                    .map(turn -> new Excerpt(List.of(turn.seq()), turn.said().indexedText()))
                    .toList()));
      }
    }
    return hierarchy
        .whole()
        .filter(whole -> !hierarchy.segments().isEmpty() && isOpenToModel(whole))
        .map(whole -> new Task(whole, excerpts(hierarchy.segments())));
  }

  private static List<Excerpt> excerpts(List<CompactSummary> segments) {
    return segments.stream()
        .flatMap(segment -> segment.summary().body().stream())
        .collect(
            Collectors.toMap(
                sentence -> sentence.seqs().get(0),
                sentence -> new Excerpt(sentence.seqs(), sentence.text()),
                AbstractiveMemory::joined,
                TreeMap::new))
        .values()
        .stream()
        .toList();
  }

  /** Two sentences whose first turn is the same go under one number. */
  private static Excerpt joined(Excerpt a, Excerpt b) {
    List<Long> seqs = Stream.concat(a.seqs().stream(), b.seqs().stream()).distinct().toList();
    return new Excerpt(seqs, a.text() + "\n" + b.text());
  }

  private static boolean isOpenToModel(CompactSummary summary) {
    return summary.method().equals(CompactSummary.EXTRACTIVE)
        && !UNGROUNDED.equals(summary.degraded())
        && !summary.summary().body().isEmpty();
  }

  /** A summary in force, and what the model makes another one from. */
  private record Task(CompactSummary current, List<Excerpt> excerpts) {}

  /** How many facts the grounding check kept and dropped. */
  public record Checked(int kept, int dropped) {}
}
