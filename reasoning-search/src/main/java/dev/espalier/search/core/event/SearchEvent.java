package dev.espalier.search.core.event;

import dev.espalier.search.core.ledger.CallKind;
import dev.espalier.search.core.ledger.Price;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.ledger.Usage;
import dev.espalier.search.core.tree.Candidate;
import dev.espalier.search.core.tree.Grouping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a search. The events, in order, are the search: tree, ledger and
 * result are what comes out when they are replayed.
 */
public sealed interface SearchEvent {

  /** A worker took the search; calls without an end before this one were lost with the last. */
  record Claimed(String worker, long fence) implements SearchEvent {}

  /**
   * A request is about to be sent.
   *
   * @param call its number within the search
   * @param need what it is for
   * @param activeMillis how long the search had been worked on, over all workers
   */
  record CallStarted(
      int call,
      int need,
      CallKind kind,
      Usage atMost,
      Price price,
      boolean isRetry,
      long activeMillis)
      implements SearchEvent {}

  /**
   * A request has ended.
   *
   * @param failure the code, or null where the upstream answered
   * @param activeMillis how long the search had been worked on, over all workers
   * @param samples what it brought where the need takes several calls, so that none is paid twice;
   *     empty where the need is met by this call
   */
  record CallEnded(
      int call,
      Usage usage,
      double money,
      @Nullable String failure,
      long activeMillis,
      List<Candidate> samples)
      implements SearchEvent {
    public CallEnded {
      samples = List.copyOf(samples);
    }
  }

  /** A node's samples, by the need that they answer. */
  record Proposed(int need, int node, List<Candidate> candidates) implements SearchEvent {
    public Proposed {
      candidates = List.copyOf(candidates);
    }
  }

  /** The classes of a node's samples. */
  record Grouped(int need, int node, Grouping grouping) implements SearchEvent {}

  /** The scores of the representatives that the need named, in its order. */
  record Scored(int need, int node, List<Double> scores) implements SearchEvent {
    public Scored {
      scores = List.copyOf(scores);
    }
  }

  /** A need that could not be met. */
  record NeedFailed(int need, int node, String code, String detail) implements SearchEvent {}

  /** An answer was reached. */
  record AnswerFound(int node, String answer, double score) implements SearchEvent {}

  /** The end; nothing follows it. */
  record Finished(StopReason reason, long activeMillis) implements SearchEvent {}
}
