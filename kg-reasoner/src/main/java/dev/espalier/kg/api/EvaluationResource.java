package dev.espalier.kg.api;

import dev.espalier.kg.core.evaluate.Evaluator;
import dev.espalier.kg.core.graph.KnowledgeGraph;
import dev.espalier.kg.core.graph.Triple;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.core.model.Weights;
import dev.espalier.kg.reasoning.EvaluationReport;
import dev.espalier.kg.reasoning.GraphNames;
import dev.espalier.kg.reasoning.Opening;
import dev.espalier.kg.reasoning.Opening.Opened;
import dev.espalier.kg.reasoning.ReasoningThreads;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.KgException.Reason;
import dev.espalier.kg.resource.Scope;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How good a model is on a graph. */
@Path("/v1/kgs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "reasoning")
public class EvaluationResource {

  private final Caller caller;
  private final Opening opening;
  private final ReasoningThreads threads;

  EvaluationResource(Caller caller, Opening opening, ReasoningThreads threads) {
    this.caller = caller;
    this.opening = opening;
    this.threads = threads;
  }

  @POST
  @Path("/{kg}/evaluate")
  @Operation(
      summary = "Rank the answers of a split, or of triples",
      description =
          "Filtered by all triples of the graph, both directions, three tie rules. With sample,"
              + " every n-th triple is taken.")
  public GraphBody.Evaluated evaluate(
      @PathParam("kg") String kg, @NotNull @Valid GraphBody.Evaluate body) {
    Scope scope = caller.scope();
    Opened opened = opening.open(scope, ResourceId.kg(kg), body.model());
    Triple[] all = triples(opened, body);
    Triple[] sample = Evaluator.sample(all, body.sample() == null ? 0 : body.sample());
    ReasoningModel model = opened.explorer().model();
    return threads.run(
        scope,
        () -> {
          Weights weights =
              new Weights(
                  model.config(),
                  model.relations().size(),
                  model.parameters(),
                  opened.explorer().kernels());
          Evaluator evaluator =
              new Evaluator(
                  weights,
                  opened.bound(),
                  opened.graph().known(),
                  opened.explorer().kernels(),
                  model.config().keep());
          EvaluationReport report = EvaluationReport.of(evaluator.evaluate(sample, 1));
          return new GraphBody.Evaluated(
              report.mean(),
              report.optimistic(),
              report.pessimistic(),
              report.ceiling(),
              report.answers(),
              report.interval(),
              report.latency(),
              sample.length,
              all.length,
              opened.graph().snapshot(),
              opened.model(),
              opened.bound().coverage());
        });
  }

  private static Triple[] triples(Opened opened, GraphBody.Evaluate body) {
    List<GraphBody.NamedTriple> named = body.triples();
    if (named == null) {
      return "valid".equals(body.split()) ? opened.graph().valid() : opened.graph().test();
    }
    KnowledgeGraph graph = opened.graph().graph();
    return named.stream().map(triple -> asked(graph, triple)).toArray(Triple[]::new);
  }

  /** A triple that can be walked would be found by walking it. */
  private static Triple asked(KnowledgeGraph graph, GraphBody.NamedTriple named) {
    Triple triple =
        new Triple(
            GraphNames.entity(graph, named.head()),
            GraphNames.relation(graph, named.relation()),
            GraphNames.entity(graph, named.tail()));
    if (graph.contains(triple.head(), triple.relation(), triple.tail())) {
      throw new KgException(
              Reason.TRIPLE_IN_GRAPH, "a training triple cannot be evaluated: it states its answer")
          .with("triple", named);
    }
    return triple;
  }
}
