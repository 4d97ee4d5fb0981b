package dev.espalier.memory.core.summary;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import java.time.Clock;
import java.util.ArrayList;
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
          Hierarchy old = current(conversation, null);
          List<CompactSummary> again = new ArrayList<>();
          for (CompactSummary segment : old.segments()) {
            again.add(
                segment.next(
                    extractive.ofSegment(
                        new Segment(
                            range(conversation, segment.firstSeq(), segment.lastSeq()), true)),
                    CompactSummary.EXTRACTIVE,
                    null,
                    clock.instant()));
          }
          summaries.add(conversation, again);
          if (!again.isEmpty()) {
            summaries.add(conversation, List.of(whole(again, version(conversation) + 1)));
          }
          return current(conversation, null);
        });
  }

  /** The part inside a unit of work. */
  public Hierarchy current(UUID conversation, @Nullable Long asOfSeq) {
    long upTo = asOfSeq == null ? turns.indexState(conversation).lastSeq() : asOfSeq;
    turns.indexState(conversation); // refuses an unknown conversation
    List<CompactSummary> segments = new ArrayList<>();
    for (CompactSummary stored : summaries.current(conversation, 1)) {
      if (stored.lastSeq() <= upTo) {
        segments.add(stored);
      }
    }
    long covered = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).lastSeq();
    List<Segment> later = segmentation.of(range(conversation, covered + 1, upTo));
    List<CompactSummary> closed =
        later.stream().filter(Segment::isClosed).map(segment -> ofSegment(segment)).toList();
    summaries.add(conversation, closed);
    segments.addAll(closed);
    Optional<CompactSummary> open =
        later.stream().filter(segment -> !segment.isClosed()).map(this::ofSegment).findFirst();
    return new Hierarchy(segments, open, whole(conversation, segments, open));
  }

  private Optional<CompactSummary> whole(
      UUID conversation, List<CompactSummary> segments, Optional<CompactSummary> open) {
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
      summaries.add(conversation, List.of(made));
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
