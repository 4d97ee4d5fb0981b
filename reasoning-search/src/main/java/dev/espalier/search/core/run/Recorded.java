package dev.espalier.search.core.run;

import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.port.Need;
import dev.espalier.search.core.strategy.Answer;
import dev.espalier.search.core.tree.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers that a search's events hold, by need. */
final class Recorded {

  private final Map<Integer, Answer> answers = new HashMap<>();
  private final Map<Integer, String> finalAnswers = new HashMap<>();
  private final Map<Integer, Integer> needOfCall = new HashMap<>();
  private final Map<Integer, List<Candidate>> samples = new HashMap<>();
  private SearchEvent.@Nullable Finished finished;

  static Recorded of(List<SearchEvent> events) {
    Recorded recorded = new Recorded();
    events.forEach(recorded::add);
    return recorded;
  }

  private void add(SearchEvent event) {
    if (event instanceof SearchEvent.Proposed proposed) {
      answers.put(proposed.need(), new Answer.Proposed(proposed.candidates()));
    } else if (event instanceof SearchEvent.Grouped grouped) {
      answers.put(grouped.need(), new Answer.Grouped(grouped.grouping()));
    } else if (event instanceof SearchEvent.Scored scored) {
      answers.put(scored.need(), new Answer.Scored(scored.scores()));
    } else if (event instanceof SearchEvent.NeedFailed failed) {
      answers.put(failed.need(), new Answer.Failed());
    } else if (event instanceof SearchEvent.AnswerFound found) {
      finalAnswers.put(found.node(), found.answer());
    } else if (event instanceof SearchEvent.CallStarted started) {
      needOfCall.put(started.call(), started.need());
    } else if (event instanceof SearchEvent.CallEnded ended && !ended.samples().isEmpty()) {
      keep(ended);
    } else if (event instanceof SearchEvent.Finished end) {
      finished = end;
    }
  }

  private void keep(SearchEvent.CallEnded ended) {
    Integer need = needOfCall.get(ended.call());
    if (need != null) {
      samples.computeIfAbsent(need, id -> new ArrayList<>()).addAll(ended.samples());
    }
  }

  Optional<Answer> answer(Need need) {
    return Optional.ofNullable(answers.get(need.id()));
  }

  /** Samples of a proposal that did not come to its end. */
  List<Candidate> samples(Need.Propose need) {
    return samples.getOrDefault(need.id(), List.of());
  }

  Optional<String> finalAnswer(int node) {
    return Optional.ofNullable(finalAnswers.get(node));
  }

  Optional<SearchEvent.Finished> finished() {
    return Optional.ofNullable(finished);
  }
}
