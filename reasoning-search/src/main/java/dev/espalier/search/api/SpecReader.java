package dev.espalier.search.api;

import dev.espalier.search.api.SearchProblems.FieldError;
import dev.espalier.search.config.SearchConfig;
import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.ScorerSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a request into a specification: checks what the constraints cannot, fills in defaults. */
@ApplicationScoped
class SpecReader {

  /** Those of the reference algorithm. */
  private static final StrategySpec.MonteCarlo REFERENCE =
      new StrategySpec.MonteCarlo(20, 10, 50, 1.25);

  private static final StrategySpec.Beam BEAM = new StrategySpec.Beam(5, 10, 50);
  private static final StrategySpec.BestOfN BEST_OF_N = new StrategySpec.BestOfN(16, 50);

  private static final Map<String, Set<String>> MEMBERS =
      Map.of(
          "mcts", Set.of("simulations", "width", "depth", "exploration"),
          "beam", Set.of("beam", "width", "depth"),
          "best_of_n", Set.of("samples", "depth"));

  private final SearchConfig config;
  private final SpecCheck check;
  private final SecureRandom random = new SecureRandom();

  SpecReader(SearchConfig config, SpecCheck check) {
    this.config = config;
    this.check = check;
  }

  /**
   * @param errors gets what is wrong; then the specification is of no use
   */
  SearchSpec read(NewSearch body, List<FieldError> errors) {
    StrategySpec strategy = strategy(body.strategy(), errors);
    ProposerSpec proposer = proposer(body.proposer());
    SearchSpec spec =
        new SearchSpec(
            body.problem(),
            strategy,
            proposer,
            scorer(body.scorer(), proposer),
            pruning(body.pruning(), errors),
            limits(body.budget(), errors),
            body.seed() == null ? randomSeed() : body.seed());
    if (errors.isEmpty()) {
      errors.addAll(check.errors(spec));
    }
    return spec;
  }

  private static StrategySpec strategy(NewSearch.@Nullable Strategy body, List<FieldError> errors) {
    if (body == null) {
      return REFERENCE;
    }
    refuseForeign(body, errors);
    return switch (body.type()) {
      case "beam" ->
          new StrategySpec.Beam(
              or(body.beam(), BEAM.beam()),
              or(body.width(), BEAM.width()),
              or(body.depth(), BEAM.depth()));
      case "best_of_n" ->
          new StrategySpec.BestOfN(
              or(body.samples(), BEST_OF_N.samples()), or(body.depth(), BEST_OF_N.depth()));
      default ->
          new StrategySpec.MonteCarlo(
              or(body.simulations(), REFERENCE.simulations()),
              or(body.width(), REFERENCE.width()),
              or(body.depth(), REFERENCE.depth()),
              or(body.exploration(), REFERENCE.exploration()));
    };
  }

  /** A member that would have no effect is a mistake. */
  private static void refuseForeign(NewSearch.Strategy body, List<FieldError> errors) {
    Set<String> own = MEMBERS.getOrDefault(body.type(), Set.of());
    List<Map.Entry<String, Boolean>> given =
        List.of(
            Map.entry("simulations", body.simulations() != null),
            Map.entry("width", body.width() != null),
            Map.entry("depth", body.depth() != null),
            Map.entry("exploration", body.exploration() != null),
            Map.entry("beam", body.beam() != null),
            Map.entry("samples", body.samples() != null));
    for (Map.Entry<String, Boolean> member : given) {
      if (member.getValue() && !own.contains(member.getKey())) {
        errors.add(
            new FieldError(
                "strategy." + member.getKey(), "means nothing for the type " + body.type()));
      }
    }
  }

  private static ProposerSpec proposer(NewSearch.Proposer body) {
    return new ProposerSpec(
        body.type(), body.model(), body.temperature(), body.maxStepTokens(), body.duplicateRate());
  }

  private static ScorerSpec scorer(NewSearch.@Nullable Scorer body, ProposerSpec proposer) {
    if (body != null) {
      return new ScorerSpec(body.type(), body.model());
    }
    return new ScorerSpec(
        proposer.type().equals("arithmetic") ? "arithmetic_check" : "frequency", null);
  }

  private static PruningSpec pruning(NewSearch.@Nullable Pruning body, List<FieldError> errors) {
    if (body == null) {
      return new PruningSpec(PruningMode.EQUIVALENCE, null, false);
    }
    PruningMode mode =
        body.mode() == null
            ? PruningMode.EQUIVALENCE
            : PruningMode.valueOf(body.mode().toUpperCase(Locale.ROOT));
    if (mode != PruningMode.EQUIVALENCE && body.threshold() != null) {
      errors.add(new FieldError("pruning.threshold", "means nothing without the detector"));
    }
    return new PruningSpec(mode, body.threshold(), Boolean.TRUE.equals(body.transpositions()));
  }

  private Limits limits(NewSearch.@Nullable Budget body, List<FieldError> errors) {
    Duration maxTime = config.limits().time();
    int maxNodes = config.limits().nodes();
    if (body == null) {
      return new Limits(null, null, maxTime, null, maxNodes, null);
    }
    Duration time =
        body.seconds() == null ? maxTime : Duration.ofMillis(Math.round(body.seconds() * 1_000));
    if (time.compareTo(maxTime) > 0) {
      errors.add(
          new FieldError("budget.seconds", "must be at most " + maxTime.toSeconds() + " here"));
    }
    int nodes = or(body.nodes(), maxNodes);
    if (nodes > maxNodes) {
      errors.add(new FieldError("budget.nodes", "must be at most " + maxNodes + " here"));
    }
    return new Limits(body.tokens(), body.calls(), time, body.money(), nodes, body.depth());
  }

  /** Of 53 bits, so that a client whose numbers are doubles can send it back. */
  private long randomSeed() {
    return random.nextLong() >>> 11;
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  static List<FieldError> noErrors() {
    return new ArrayList<>();
  }
}
