package dev.espalier.search.upstream;

import dev.espalier.search.core.port.AnswerReader;
import dev.espalier.search.core.port.StepGrouper;
import dev.espalier.search.core.port.StepProposer;
import dev.espalier.search.core.port.StepScorer;
import dev.espalier.search.core.run.SearchPorts;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.SearchSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whom a search asks, by the types that it names. */
public final class Ports {

  private final Map<String, Function<SearchSpec, StepProposer>> proposers;
  private final Map<String, Function<SearchSpec, StepScorer>> scorers;
  private final Map<PruningMode, Function<SearchSpec, StepGrouper>> groupers;
  private final AnswerReader answers;

  public Ports(
      Map<String, Function<SearchSpec, StepProposer>> proposers,
      Map<String, Function<SearchSpec, StepScorer>> scorers,
      Map<PruningMode, Function<SearchSpec, StepGrouper>> groupers,
      AnswerReader answers) {
    this.proposers = new TreeMap<>(proposers);
    this.scorers = new TreeMap<>(scorers);
    this.groupers = new TreeMap<>(groupers);
    this.answers = answers;
  }

  /**
   * Cheap, and without any request, so that a submission can be checked by it.
   *
   * @throws UnknownChoiceException where the search names what does not exist
   */
  public SearchPorts of(SearchSpec spec) {
    String mode = spec.pruning().mode().name().toLowerCase(Locale.ROOT);
    return new SearchPorts(
        made("proposer.type", spec.proposer().type(), proposers, spec),
        made("scorer.type", spec.scorer().type(), scorers, spec),
        made("pruning.mode", mode, byName(groupers), spec),
        answers);
  }

  private static <P> P made(
      String field, String type, Map<String, Function<SearchSpec, P>> makers, SearchSpec spec) {
    @Nullable Function<SearchSpec, P> maker = makers.get(type);
    if (maker == null) {
      throw new UnknownChoiceException(field, List.copyOf(makers.keySet()));
    }
    return maker.apply(spec);
  }

  private static <P> Map<String, P> byName(Map<PruningMode, P> byMode) {
    Map<String, P> named = new TreeMap<>();
    byMode.forEach((mode, value) -> named.put(mode.name().toLowerCase(Locale.ROOT), value));
    return named;
  }
}
