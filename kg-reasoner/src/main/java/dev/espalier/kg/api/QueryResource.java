package dev.espalier.kg.api;

import dev.espalier.kg.config.KgConfig;
import dev.espalier.kg.core.explore.Answers;
import dev.espalier.kg.core.explore.Budget;
import dev.espalier.kg.core.explore.Query;
import dev.espalier.kg.core.explore.Verification;
import dev.espalier.kg.core.graph.HiddenEdges;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.reasoning.Chosen;
import dev.espalier.kg.reasoning.EngineChoice;
import dev.espalier.kg.reasoning.GraphNames;
import dev.espalier.kg.reasoning.Opening;
import dev.espalier.kg.reasoning.Opening.Opened;
import dev.espalier.kg.reasoning.ReasoningThreads;
import dev.espalier.kg.resource.Scope;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Questions that a model or rules answer. */
@Path("/v1/kgs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "reasoning")
public class QueryResource {

  private static final int DEFAULT_K = 10;

  /** Kept of a request's time for its answer. */
  private static final Duration TO_ANSWER = Duration.ofMillis(200);

  private final Caller caller;
  private final Opening opening;
  private final ReasoningThreads threads;
  private final Explaining explaining;
  private final KgConfig config;
  private final Clock clock;

  QueryResource(
      Caller caller,
      Opening opening,
      ReasoningThreads threads,
      Explaining explaining,
      KgConfig config,
      Clock clock) {
    this.caller = caller;
    this.opening = opening;
    this.threads = threads;
    this.explaining = explaining;
    this.config = config;
    this.clock = clock;
  }

  @POST
  @Path("/{kg}/query")
  @Operation(
      summary = "Ask (head, relation, ?) or (?, relation, tail)",
      description =
          "By the engine path a model answers: the newest one trained on the graph, or one that is"
              + " named, which may be of another graph with the same relations. By the engine rules,"
              + " rules do that are mined from the graph; it needs no training. Without an engine, or"
              + " by auto, a model answers if one is named or the newest one knows the relation, else"
              + " rules; engine and engine_reason tell.")
  public QueryBody.Response query(
      @PathParam("kg") String kg, @NotNull @Valid QueryBody.Request body) {
    long start = System.nanoTime();
    Scope scope = caller.scope();
    boolean asksForTails = body.head() != null;
    Chosen chosen =
        opening.choose(
            scope,
            ResourceId.kg(kg),
            EngineChoice.of(body.engine()),
            body.model(),
            body.relation(),
            asksForTails);
    String from = Objects.requireNonNull(asksForTails ? body.head() : body.tail());
    Query query =
        new Query(
            GraphNames.entity(chosen.graph().graph(), from),
            chosen.relation(),
            body.k() == null ? DEFAULT_K : body.k(),
            body.maxHops() == null ? Integer.MAX_VALUE : body.maxHops(),
            budget(scope, body.budget()),
            Boolean.TRUE.equals(body.excludeKnown()),
            HiddenEdges.none());
    long walk = System.nanoTime();
    return threads.run(
        scope,
        () -> {
          Answers answers = chosen.engine().answer(query);
          long explain = System.nanoTime();
          List<QueryBody.Entity> entities =
              explaining.explain(scope, chosen.engine(), query, answers, body.explain());
          long end = System.nanoTime();
          return QueryBody.Response.of(
              chosen,
              entities,
              answers,
              new QueryBody.Timing(
                  millis(start, walk),
                  millis(walk, explain),
                  body.explain() == null ? null : millis(explain, end),
                  millis(start, end)));
        });
  }

  @POST
  @Path("/{kg}/verify")
  @Operation(
      summary = "Judge whether a triple is true",
      description = "By everything in the graph but the triple itself.")
  public QueryBody.Verdict verify(
      @PathParam("kg") String kg, @NotNull @Valid QueryBody.Verify body) {
    long start = System.nanoTime();
    Scope scope = caller.scope();
    Opened opened = opening.open(scope, ResourceId.kg(kg), body.model());
    KnowledgeGraph graph = opened.graph().graph();
    int tail = GraphNames.entity(graph, body.tail());
    Query query =
        new Query(
            GraphNames.entity(graph, body.head()),
            opened.relation(body.relation()),
            body.k() == null ? DEFAULT_K : body.k(),
            Integer.MAX_VALUE,
            budget(scope, body.budget()),
            true,
            HiddenEdges.none());
    long walk = System.nanoTime();
    return threads.run(
        scope,
        () -> {
          Verification judged = opened.explorer().verify(opened.bound(), query, tail);
          Answers others = judged.counterCandidates();
          long end = System.nanoTime();
          return new QueryBody.Verdict(
              judged.probability(),
              judged.score(),
              judged.rank(),
              judged.reached(),
              judged.known(),
              QueryBody.entities(others, graph.entities().all()).stream()
                  .filter(other -> !other.entity().equals(body.tail()))
                  .toList(),
              others.complete(),
              others.budgetMet(),
              opened.graph().snapshot(),
              opened.model(),
              opened.bound().coverage(),
              QueryBody.fittedOn(opened),
              new QueryBody.Timing(
                  millis(start, walk), millis(walk, end), null, millis(start, end)));
        });
  }

  /** What was asked for, at most what is left of the request's time. */
  private Budget budget(Scope scope, QueryBody.@Nullable Limits limits) {
    Duration asked =
        limits == null || limits.ms() == null
            ? config.queries().budget()
            : Duration.ofMillis(limits.ms());
    Duration left = Duration.between(clock.instant(), scope.deadline()).minus(TO_ANSWER);
    Duration time = asked.compareTo(left) < 0 ? asked : left;
    long edges = limits == null || limits.edges() == null ? Long.MAX_VALUE : limits.edges();
    return new Budget(
        Optional.of(time.isNegative() || time.isZero() ? Duration.ofMillis(1) : time), edges);
  }

  private static double millis(long from, long to) {
    return (to - from) / 1e6;
  }
}
