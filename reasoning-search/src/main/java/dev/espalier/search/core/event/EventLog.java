package dev.espalier.search.core.event;

import java.util.List;

/** Keeps a search's events, for as long as the writer holds the search. */
public interface EventLog {

  /**
   * Appends, whole or not at all.
   *
   * @param isUrgent whether the events must be safe before this returns, because money was or will
   *     be spent; others may wait for the next urgent ones, or a moment
   * @throws StaleWorkerException when somebody else holds the search now
   */
  void append(List<SearchEvent> events, boolean isUrgent);
}
