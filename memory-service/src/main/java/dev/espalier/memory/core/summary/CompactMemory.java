package dev.espalier.memory.core.summary;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in few words, at two levels. A summary of level 1 is made from its segment's turns
 * and from nothing else, so an error in it reaches no other segment; level 2 is made from level 1.
 */
public final class CompactMemory {

  /*
   * HEMA (arXiv 2504.16754), section 3: a running summary, and a summary of summaries every 100 turns.
   * Deviation: its running summary is rewritten at each turn from itself, so that an error stays for
   * good; here no summary is ever made from an older version of itself. Closed segments are
   * summarised once, when somebody first asks after they closed, and the open one on every call.
   */
  private static final int PAGE = 1000;

  private final UnitOfWork work;
  private final TurnStore turns;
  private final SummaryStore summaries;
  private final Segmentation segmentation;
  private final ExtractiveSummarizer extractive;
  private final Clock clock;

  public CompactMemory(
      UnitOfWork work,
      TurnStore turns,
      SummaryStore summaries,
      Segmentation segmentation,
      ExtractiveSummarizer extractive,
      Clock clock) {
    this.work = work;
    this.turns = turns;
    this.summaries = summaries;
    this.segmentation = segmentation;
    this.extractive = extractive;
    this.clock = clock;
  }

  /**
   * @param asOfSeq the last turn to take into account, or null for all
   * @throws dev.espalier.memory.core.MemoryException {@code memory.conversation_not_found}
   */
  public Hierarchy read(Scope scope, UUID conversation, @Nullable Long asOfSeq) {
    return work.in(scope, () -> current(conversation, asOfSeq));
  }

  /** All versions of both levels that are stored, level 1 first. */
  public List<CompactSummary> history(Scope scope, UUID conversation) {
    return work.in(
        scope,
        () -> {
          current(conversation, null);
          List<CompactSummary> all = new ArrayList<>(summaries.history(conversation, 1));
          all.addAll(summaries.history(conversation, 2));
          return all;
        });
  }

  /** Makes every stored summary again; what was there stays readable as superseded. */
  public Hierarchy rebuild(Scope scope, UUID conversation) {
    return work.in(
        scope,
        () -> {
          current(conversation, null);
          summaries.lock(conversation);
          List<CompactSummary> again =
              summaries.current(conversation, 1).stream()
                  .map(segment -> again(conversation, segment))
                  .toList();
          summaries.add(conversation, again);
          if (!again.isEmpty()) {
            summaries.add(conversation, List.of(whole(again, version(conversation) + 1)));
          }
          return current(conversation, null);
        });
  }

  /** The part inside a unit of work. */
  public Hierarchy current(UUID conversation, @Nullable Long asOfSeq) {
    Reading reading = read(conversation, asOfSeq);
    if (!reading.unstored().isEmpty()) {
      // Kept for the next reader; where it cannot be, it is made again.
      summaries.attempt(
          () -> {
            summaries.lock(conversation);
            summaries.add(conversation, read(conversation, asOfSeq).unstored());
          });
      reading = read(conversation, asOfSeq);
    }
    return reading.hierarchy();
  }

  /**
   * Text of these turns was erased: removes every version that covers one of them, and makes those
   * in force again from what is left. Called inside the unit of work that erases.
   *
   * @return how many versions were removed
   */
  public long forget(UUID conversation, Collection<Long> seqs) {
    summaries.lock(conversation);
    List<CompactSummary> segments =
        summaries.current(conversation, 1).stream()
            .filter(
                segment ->
                    seqs.stream()
                        .anyMatch(seq -> segment.firstSeq() <= seq && seq <= segment.lastSeq()))
            .toList();
    int version = version(conversation);
    long removed = summaries.removeCovering(conversation, seqs);
    summaries.add(
        conversation, segments.stream().map(segment -> again(conversation, segment)).toList());
    if (!segments.isEmpty() && version > 0) {
      summaries.add(conversation, List.of(whole(summaries.current(conversation, 1), version + 1)));
    }
    return removed;
  }

  /** The turns that a summary of level 1 covers; inside a unit of work. */
  List<Turn> turns(UUID conversation, CompactSummary segment) {
    return range(conversation, segment.firstSeq(), segment.lastSeq());
  }

  /** A summary of sentences that are good as they are: as many as fit, and a headline of them. */
  Summary abstracted(List<Sentence> sentences) {
    return extractive.ofSentences(sentences);
  }

  /**
   * Puts another version in the place of a summary, if that is still in force; inside a unit of
   * work.
   *
   * @return whether it was
   */
  boolean supersede(
      UUID conversation,
      CompactSummary old,
      Summary summary,
      String method,
      @Nullable String degraded) {
    summaries.lock(conversation);
    boolean isInForce =
        summaries.current(conversation, old.level()).stream()
            .anyMatch(now -> now.lastSeq() == old.lastSeq() && now.version() == old.version());
    if (isInForce) {
      summaries.add(conversation, List.of(old.next(summary, method, degraded, clock.instant())));
    }
    return isInForce;
  }

  private CompactSummary again(UUID conversation, CompactSummary segment) {
    List<Turn> covered = range(conversation, segment.firstSeq(), segment.lastSeq());
    return segment.next(
        extractive.ofSegment(new Segment(covered, true)),
        CompactSummary.EXTRACTIVE,
        null,
        clock.instant());
  }

  private Reading read(UUID conversation, @Nullable Long asOfSeq) {
    long lastSeq = turns.indexState(conversation).lastSeq(); // refuses an unknown conversation
    long upTo = asOfSeq == null ? lastSeq : asOfSeq;
    List<CompactSummary> segments = new ArrayList<>();
    for (CompactSummary stored : summaries.current(conversation, 1)) {
      if (stored.lastSeq() <= upTo) {
        segments.add(stored);
      }
    }
    long covered = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).lastSeq();
    List<Segment> later = segmentation.of(range(conversation, covered + 1, upTo));
    List<CompactSummary> unstored =
        new ArrayList<>(
            later.stream().filter(Segment::isClosed).map(segment -> ofSegment(segment)).toList());
    segments.addAll(unstored);
    Optional<CompactSummary> open =
        later.stream().filter(segment -> !segment.isClosed()).map(this::ofSegment).findFirst();
    Optional<CompactSummary> whole = whole(conversation, segments, open, unstored);
    return new Reading(new Hierarchy(segments, open, whole), unstored);
  }

  private Optional<CompactSummary> whole(
      UUID conversation,
      List<CompactSummary> segments,
      Optional<CompactSummary> open,
      List<CompactSummary> unstored) {
    if (segments.isEmpty()) {
      return open.map(
          only ->
              new CompactSummary(
                  2,
                  only.firstSeq(),
                  only.lastSeq(),
                  1,
                  only.method(),
                  null,
                  true,
                  only.createdAt(),
                  null,
                  extractive.ofSummaries(List.of(only.summary()))));
    }
    long last = segments.get(segments.size() - 1).lastSeq();
    List<CompactSummary> stored = summaries.history(conversation, 2);
    Optional<CompactSummary> found =
        stored.stream().filter(summary -> summary.lastSeq() == last).reduce((a, b) -> b);
    if (found.isPresent()) {
      return found;
    }
    CompactSummary made = whole(segments, 1);
    boolean isNewest = stored.stream().allMatch(summary -> summary.lastSeq() < last);
    if (isNewest) {
      unstored.add(made);
    }
    return Optional.of(made);
  }

  private int version(UUID conversation) {
    List<CompactSummary> current = summaries.current(conversation, 2);
    return current.isEmpty() ? 0 : current.get(current.size() - 1).version();
  }

  private CompactSummary whole(List<CompactSummary> segments, int version) {
    return new CompactSummary(
        2,
        segments.get(0).firstSeq(),
        segments.get(segments.size() - 1).lastSeq(),
        version,
        CompactSummary.EXTRACTIVE,
        null,
        false,
        clock.instant(),
        null,
        extractive.ofSummaries(segments.stream().map(CompactSummary::summary).toList()));
  }

  private CompactSummary ofSegment(Segment segment) {
    return new CompactSummary(
        1,
        segment.firstSeq(),
        segment.lastSeq(),
        1,
        CompactSummary.EXTRACTIVE,
        null,
        !segment.isClosed(),
        clock.instant(),
        null,
        extractive.ofSegment(segment));
  }

  private List<Turn> range(UUID conversation, long firstSeq, long lastSeq) {
    List<Turn> range = new ArrayList<>();
    long after = firstSeq - 1;
    while (after < lastSeq) {
      List<Turn> page = turns.after(conversation, after, (int) Math.min(PAGE, lastSeq - after));
      if (page.isEmpty()) {
        break;
      }
      range.addAll(page);
      after = page.get(page.size() - 1).seq();
    }
    return range;
  }

  /** What there is, and what of it is not stored yet. */
  private record Reading(Hierarchy hierarchy, List<CompactSummary> unstored) {}

  /**
   * A conversation's summaries.
   *
   * @param segments of level 1, one a closed segment, in order
   * @param open of level 1, of the open segment; empty when no turn came after the last closed one
   * @param whole of level 2; empty for a conversation without turns
   */
  public record Hierarchy(
      List<CompactSummary> segments,
      Optional<CompactSummary> open,
      Optional<CompactSummary> whole) {
    public Hierarchy {
      segments = List.copyOf(segments);
    }
  }
}
