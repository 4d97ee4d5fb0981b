package dev.espalier.search.core.run;

import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.Ledger;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.strategy.SearchStrategy;
import dev.espalier.search.core.strategy.Strategies;
import dev.espalier.search.core.tree.Node;
import dev.espalier.search.core.tree.SearchTree;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a search stands, or how it ended. */
public final class SearchState {

  private final SearchSpec spec;
  private final SearchStrategy strategy;
  private final Ledger ledger;
  private final SearchEvent.@Nullable Finished finished;

  SearchState(
      SearchSpec spec,
      SearchStrategy strategy,
      Ledger ledger,
      SearchEvent.@Nullable Finished finished) {
    this.spec = spec;
    this.strategy = strategy;
    this.ledger = ledger;
    this.finished = finished;
  }

  /** What the events of a search say, whether it has finished or not. */
  public static SearchState replay(SearchSpec spec, List<SearchEvent> events) {
    Recorded recorded = Recorded.of(events);
    SearchStrategy strategy = Strategies.of(spec);
    new FinalAnswers(strategy.tree(), recorded).replay(strategy);
    return new SearchState(spec, strategy, Ledger.of(events), recorded.finished().orElse(null));
  }

  public SearchTree tree() {
    return strategy.tree();
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Empty while it goes on. */
  public Optional<StopReason> stoppedBecause() {
    return Optional.ofNullable(finished).map(SearchEvent.Finished::reason);
  }

  public Pruning pruning() {
    return Pruning.of(spec.pruning().mode(), tree());
  }

  /** How long it was worked on, as far as its events say. */
  public Duration activeTime() {
    return Duration.ofMillis(ledger.activeMillis());
  }

  /** The weighted vote of all finished solutions, the first answer first. */
  public List<AnswerWeight> answers() {
    Map<String, Double> votes = new HashMap<>();
    for (Node node : tree().nodes()) {
      String answer = node.answer();
      if (answer != null) {
        votes.merge(answer, strategy.weight(node), Double::sum);
      }
    }
    return AnswerWeight.sorted(votes);
  }

  /**
   * The answer: the proven one, or that of the solution which the strategy settled on, or the first
   * of the vote if it has any weight.
   */
  public Optional<String> answer() {
    return solution().map(Node::answer);
  }

  /** The solution behind the answer; without one, the most promising path so far. */
  public Optional<BestSolution> best() {
    Optional<Node> solution = solution();
    Node end = solution.orElseGet(this::mostPromising);
    return end.parent() < 0
        ? Optional.empty()
        : Optional.of(
            new BestSolution(
                end.id(),
                String.join("\n\n", tree().steps(end)),
                end.isScored() ? end.score() : 0,
                end.visits(),
                tree().isTerminal(end)));
  }

  private Optional<Node> solution() {
    if (stoppedBecause().filter(reason -> reason == StopReason.SOLVED).isPresent()) {
      return tree().nodes().stream()
          .filter(node -> node.answer() != null && node.score() == 1)
          .findFirst();
    }
    return strategy.chosen().filter(node -> node.answer() != null).or(this::winner);
  }

  private Optional<Node> winner() {
    Optional<String> first =
        answers().stream().filter(vote -> vote.weight() > 0).map(AnswerWeight::answer).findFirst();
    return first.flatMap(
        answer ->
            tree().nodes().stream()
                .filter(node -> answer.equals(node.answer()))
                .min(
                    Comparator.comparingDouble((Node node) -> -node.score())
                        .thenComparingInt(node -> -node.visits())
                        .thenComparingInt(Node::id)));
  }

  private Node mostPromising() {
    Node at = tree().root();
    while (tree().explored(at).childCount() > 0) {
      at =
          tree().children(tree().explored(at)).stream()
              .min(
                  Comparator.comparingInt((Node node) -> -node.visits())
                      .thenComparingDouble(node -> -node.value())
                      .thenComparingInt(Node::id))
              .orElseThrow();
    }
    return at;
  }
}
