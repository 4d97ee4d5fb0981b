package dev.espalier.kg.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.kg.reasoning.EvaluationReport;
import dev.espalier.kg.reasoning.GraphNames;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is asked of a graph without a model, and evaluations, on the wire. */
final class GraphBody {

  private GraphBody() {}

  /** Two entities to connect. */
  @Schema(name = "KgPathsRequest", additionalProperties = Schema.False.class)
  record Paths(
      @NotNull @Size(min = 1, max = QueryBody.MAX_NAME) String from,
      @NotNull @Size(min = 1, max = QueryBody.MAX_NAME) String to,
      @Min(1) @Max(6) @Nullable Integer maxHops,
      @Min(1) @Max(1000) @Nullable Integer k,
      @Min(1) @Nullable Long maxEdges) {}

  /** A path between two entities. */
  @Schema(name = "KgConnection")
  record Connection(@Schema(maxItems = 6) List<GraphNames.Hop> hops, int length) {}

  /** Paths, the shortest first. */
  @Schema(name = "KgPaths")
  record Connections(
      @Schema(maxItems = 1_000) List<Connection> paths, boolean complete, long snapshot) {}

  /** A neighbourhood to cut out. */
  @Schema(name = "KgSubgraphRequest", additionalProperties = Schema.False.class)
  record Subgraph(
      @NotEmpty @Size(max = 100)
          List<@NotNull @Size(min = 1, max = QueryBody.MAX_NAME) String> seeds,
      @Size(min = 1, max = QueryBody.MAX_NAME) @Nullable String relation,
      @Min(1) @Max(100_000) @Nullable Integer maxTriples,
      @Min(1) @Max(1_000_000) @Nullable Integer maxTokens,
      @Pattern(regexp = "json|ntriples|text") @Nullable String format) {

    @AssertTrue(message = "max_triples or max_tokens is given, not both")
    @Schema(hidden = true)
    boolean isOneBudgetGiven() {
      return maxTriples == null || maxTokens == null;
    }
  }

  /** A triple by names. */
  @Schema(name = "KgTriple", additionalProperties = Schema.False.class)
  record NamedTriple(
      @NotNull @Size(min = 1, max = QueryBody.MAX_NAME) String head,
      @NotNull @Size(min = 1, max = QueryBody.MAX_NAME) String relation,
      @NotNull @Size(min = 1, max = QueryBody.MAX_NAME) String tail) {}

  /** A neighbourhood; {@code triples} or {@code text}, as the format asks. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KgSubgraph")
  record Cut(
      @Schema(maxItems = 100_000) @Nullable List<NamedTriple> triples,
      @Nullable String text,
      int count,
      int tokens,
      boolean complete,
      long snapshot) {}

  /** What to evaluate on. */
  @Schema(name = "KgEvaluationRequest", additionalProperties = Schema.False.class)
  record Evaluate(
      @Nullable UUID model,
      @Pattern(regexp = "valid|test") @Nullable String split,
      @Size(min = 1, max = 10_000) @Nullable List<@NotNull @Valid NamedTriple> triples,
      @Min(1) @Nullable Integer sample) {

    @AssertTrue(message = "split or triples is given, not both")
    @Schema(hidden = true)
    boolean isOneSourceGiven() {
      return (split == null) != (triples == null);
    }
  }

  /** Figures, and what they are about. */
  @Schema(name = "KgEvaluated")
  record Evaluated(
      EvaluationReport.Ranks mean,
      EvaluationReport.Ranks optimistic,
      EvaluationReport.Ranks pessimistic,
      double ceiling,
      int answers,
      EvaluationReport.Interval interval,
      EvaluationReport.Latency latency,
      int triples,
      int available,
      long snapshot,
      UUID model,
      double coverage) {}
}
