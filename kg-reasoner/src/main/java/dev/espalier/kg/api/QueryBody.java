package dev.espalier.kg.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.kg.core.explore.Answer;
import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.network.Hop;
import dev.espalier.kg.reasoning.Chosen;
import dev.espalier.kg.reasoning.GraphNames;
import dev.espalier.kg.reasoning.Opening.Opened;
import dev.espalier.persistence.StorableText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Questions and answers on the wire. */
final class QueryBody {

  static final int MAX_NAME = 2000;

  private QueryBody() {}

  /** What a question may cost. */
  @Schema(name = "QueryBudget", additionalProperties = Schema.False.class)
  record Limits(
      @Min(1) @Max(600_000) @Nullable Integer ms,
      @Min(1) @Max(1_000_000_000_000L) @Nullable Long edges) {}

  /** Whether and how to explain. */
  @Schema(name = "QueryExplanation", additionalProperties = Schema.False.class)
  record Explain(@Min(1) @Max(20) @Nullable Integer paths, @Nullable Boolean fidelity) {}

  /** A question: (head, relation, ?) or (?, relation, tail). */
  @Schema(name = "KgQuery", additionalProperties = Schema.False.class)
  record Request(
      @Size(min = 1, max = MAX_NAME) @Nullable String head,
      @Size(min = 1, max = MAX_NAME) @Nullable String tail,
      @NotNull @Size(min = 1, max = MAX_NAME) String relation,
      @Min(1) @Max(1000) @Nullable Integer k,
      @Pattern(regexp = "auto|path|rules") @Nullable String engine,
      @Nullable UUID model,
      @Min(1) @Max(12) @Nullable Integer maxHops,
      @Valid @Nullable Limits budget,
      @Valid @Nullable Explain explain,
      @Nullable Boolean excludeKnown) {

    @AssertTrue(message = "either head or tail is given")
    @Schema(hidden = true)
    boolean isOneEndGiven() {
      return (head == null) != (tail == null);
    }

    @AssertTrue(message = "rules need no model")
    @Schema(hidden = true)
    boolean isModelOfAnEngine() {
      return model == null || !"rules".equals(engine);
    }
  }

  /** An answer to a question. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KgAnswer")
  record Entity(
      String entity,
      double score,
      double probability,
      boolean known,
      int rank,
      @Schema(maxItems = 20) @Nullable List<Path> paths,
      @Nullable Faithful fidelity) {

    static Entity of(Answer answer, String name) {
      return new Entity(
          name, answer.score(), answer.probability(), answer.known(), answer.rank(), null, null);
    }
  }

  /**
   * Whether the best answer is another one without the first path's triples, and without as many
   * others that were drawn.
   */
  @Schema(name = "KgFidelity")
  record Faithful(boolean changed, boolean changedByRandom, long seed) {}

  /**
   * A path that supports an answer. By a model the weight is the share of the answer's score that
   * took this path, by rules the confidence of the rule that the path follows.
   */
  @Schema(name = "KgPath")
  record Path(@Schema(maxItems = 12) List<GraphNames.Hop> hops, double weight) {}

  /** What happened at a hop; by rules, of all rules together, with ways in place of entities. */
  @Schema(name = "KgHop")
  record HopCounts(int candidates, int kept, long edges, boolean capped) {

    static List<HopCounts> of(List<Hop> hops) {
      return hops.stream()
          .map(hop -> new HopCounts(hop.candidates(), hop.kept(), hop.edges(), hop.capped()))
          .toList();
    }
  }

  /** Milliseconds: reading graph, model or rules into memory, walking, explaining. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KgTiming")
  record Timing(double openMs, double walkMs, @Nullable Double explainMs, double totalMs) {}

  /**
   * What a question is answered with. What concerns a model is absent where rules answer; their
   * number is given then.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KgAnswers")
  record Response(
      @Schema(maxItems = 1_000) List<Entity> answers,
      @Schema(enumeration = {"path", "rules"}) String engine,
      @Schema(
              enumeration = {
                "requested",
                "model_covers_relation",
                "no_model",
                "relation_not_covered"
              })
          String engineReason,
      @Nullable Integer rules,
      @Schema(maxItems = 12) List<Double> lengthWeights,
      @Schema(maxItems = 12) List<HopCounts> hops,
      boolean complete,
      boolean budgetMet,
      long snapshot,
      @Nullable UUID model,
      @Nullable Double coverage,
      @Schema(enumeration = {"of_trained_graph", "of_asked_graph", "not_fitted"})
          @Nullable String probabilities,
      Timing timing) {

    static Response of(Chosen chosen, List<Entity> entities, Answers answers, Timing timing) {
      Opened model = chosen.model();
      return new Response(
          entities,
          chosen.choice().wire(),
          chosen.reason().name().toLowerCase(Locale.ROOT),
          chosen.rules(),
          answers.lengthWeights(),
          HopCounts.of(answers.hops()),
          answers.complete(),
          answers.budgetMet(),
          chosen.graph().snapshot(),
          model == null ? null : model.model(),
          model == null ? null : model.bound().coverage(),
          model == null ? null : fittedOn(model),
          timing);
    }
  }

  /** A triple to judge. */
  @Schema(name = "KgVerification", additionalProperties = Schema.False.class)
  record Verify(
      @NotNull @Size(min = 1, max = MAX_NAME) @StorableText String head,
      @NotNull @Size(min = 1, max = MAX_NAME) @StorableText String relation,
      @NotNull @Size(min = 1, max = MAX_NAME) @StorableText String tail,
      @Min(1) @Max(100) @Nullable Integer k,
      @Nullable UUID model,
      @Valid @Nullable Limits budget) {}

  /** How a triple is judged, by everything but itself. */
  @Schema(name = "KgVerdict")
  record Verdict(
      double probability,
      double score,
      double rank,
      boolean reached,
      boolean known,
      @Schema(maxItems = 100) List<Entity> counterCandidates,
      boolean complete,
      boolean budgetMet,
      long snapshot,
      UUID model,
      double coverage,
      @Schema(enumeration = {"of_trained_graph", "of_asked_graph", "not_fitted"})
          String probabilities,
      Timing timing) {}

  /** On whose validation triples a model's probabilities are fitted. */
  static String fittedOn(Opened model) {
    return model.probabilities().name().toLowerCase(Locale.ROOT);
  }

  static List<Entity> entities(Answers answers, List<String> names) {
    return answers.answers().stream().map(a -> Entity.of(a, names.get(a.entity()))).toList();
  }
}
