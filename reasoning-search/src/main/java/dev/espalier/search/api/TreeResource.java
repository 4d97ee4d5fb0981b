package dev.espalier.search.api;

import dev.espalier.persistence.TenantTransactions;
import dev.espalier.protocol.CurrentRequest;
import dev.espalier.protocol.RequestContext;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.StopReason;
import dev.espalier.search.core.port.BudgetExhaustedException;
import dev.espalier.search.core.port.CallContext;
import dev.espalier.search.core.run.Reevaluation;
import dev.espalier.search.core.run.Reevaluator;
import dev.espalier.search.core.run.SearchPorts;
import dev.espalier.search.core.run.SearchState;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.store.SearchStore;
import dev.espalier.search.upstream.Ports;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a search has found, step by step, and what other merges would have made of it. */
@Path("/v1/searches/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "searches")
public class TreeResource {

  private final CurrentRequest current;
  private final TenantTransactions transactions;
  private final SearchStore searches;
  private final Ports ports;

  TreeResource(
      CurrentRequest current, TenantTransactions transactions, SearchStore searches, Ports ports) {
    this.current = current;
    this.transactions = transactions;
    this.searches = searches;
    this.ports = ports;
  }

  @GET
  @Path("/tree")
  @Operation(summary = "Read the tree: steps, values, visits, and merges with their evidence")
  public TreeBody tree(
      @PathParam("id") SearchId id,
      @QueryParam("from") @DefaultValue("0") @Min(0) int from,
      @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(5000) int limit) {
    Stored stored = read(id);
    return TreeBody.of(SearchState.replay(stored.spec(), stored.events()).tree(), from, limit);
  }

  @POST
  @Path("/reevaluate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Merge the stored samples anew, with another threshold",
      description = "No model is called: what was not sampled then stays unknown.")
  public ReevaluationBody reevaluate(
      @PathParam("id") SearchId id, @NotNull @Valid ReevaluationBody.Request body) {
    Stored stored = read(id);
    SearchPorts asked = ports.of(withThreshold(stored.spec(), body.threshold()));
    RequestContext request = current.context();
    CallContext context =
        new CallContext(
            request.tenant(),
            request.requestId(),
            request.deadline(),
            (kind, atMost, price, isRetry) -> {
              throw new BudgetExhaustedException(StopReason.CALLS);
            });
    try {
      Reevaluation again =
          new Reevaluator(stored.spec(), stored.events())
              .with(asked.grouper(), asked.answers(), context);
      return ReevaluationBody.of(body.threshold(), again);
    } catch (BudgetExhaustedException e) {
      throw SearchProblems.notReevaluable("the detector would ask a language model");
    }
  }

  private static SearchSpec withThreshold(SearchSpec spec, double threshold) {
    return new SearchSpec(
        spec.problem(),
        spec.strategy(),
        spec.proposer(),
        spec.scorer(),
        new PruningSpec(PruningMode.EQUIVALENCE, threshold, spec.pruning().hasTranspositions()),
        spec.limits(),
        spec.seed());
  }

  private Stored read(SearchId id) {
    RequestContext request = current.context();
    return transactions.in(
        request.tenant(),
        request.deadline(),
        () ->
            new Stored(
                searches.find(id.value()).orElseThrow(SearchProblems::searchNotFound).spec(),
                searches.history(id.value())));
  }

  private record Stored(SearchSpec spec, List<SearchEvent> events) {}
}
