package dev.espalier.search.api;

import dev.espalier.persistence.IdempotentRequests;
import dev.espalier.persistence.PagePosition;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.protocol.CurrentRequest;
import dev.espalier.protocol.RequestContext;
import dev.espalier.search.api.SearchProblems.FieldError;
import dev.espalier.search.core.run.SearchState;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.ops.SearchWorkers;
import dev.espalier.search.store.SearchStatus;
import dev.espalier.search.store.SearchStore;
import dev.espalier.search.store.StoredSearch;
import dev.espalier.search.store.Summary;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Searches as resources. */
@Path("/v1/searches")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "searches")
public class SearchResource {

  private final CurrentRequest current;
  private final TenantTransactions transactions;
  private final IdempotentRequests requests;
  private final SearchStore searches;
  private final SpecReader specs;
  private final SearchWorkers workers;
  private final StoredAnswers answers;

  SearchResource(
      CurrentRequest current,
      TenantTransactions transactions,
      IdempotentRequests requests,
      SearchStore searches,
      SpecReader specs,
      SearchWorkers workers,
      StoredAnswers answers) {
    this.current = current;
    this.transactions = transactions;
    this.requests = requests;
    this.searches = searches;
    this.specs = specs;
    this.workers = workers;
    this.answers = answers;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Start a search",
      description = "Durable when answered; any replica goes on with it after a crash.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = SearchBody.class)))
  public Response create(
      @HeaderParam(IdempotentRequests.HEADER) @Nullable String key,
      @NotNull @Valid NewSearch body) {
    List<FieldError> errors = new ArrayList<>();
    SearchSpec spec = specs.read(body, errors);
    if (!errors.isEmpty()) {
      throw SearchProblems.invalid(errors);
    }
    RequestContext context = current.context();
    String created =
        requests.run(
            context.tenant(),
            context.deadline(),
            key,
            "searches",
            body,
            SearchBody::id,
            () -> {
              Map<String, Object> metadata = body.metadata() == null ? Map.of() : body.metadata();
              StoredSearch search = searches.create(spec, metadata);
              return SearchBody.of(search, null);
            });
    workers.wake();
    return Response.accepted(created)
        .header(HttpHeaders.LOCATION, "/v1/searches/" + answers.idOf(created))
        .build();
  }

  @GET
  @Operation(
      summary = "List searches, newest first",
      description = "What a running search has spent so far is in its own address only.")
  public SearchBody.Page list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Size(max = 200) @Nullable String cursor,
      @QueryParam("status") @Pattern(regexp = "^(?:queued|running|completed|cancelled|failed)$")
          @Nullable String status,
      @QueryParam("batch_id") @Nullable BatchId batch) {
    PagePosition after = cursor == null ? null : PagePosition.of(cursor);
    SearchStatus wanted =
        status == null ? null : SearchStatus.valueOf(status.toUpperCase(Locale.ROOT));
    List<StoredSearch> page =
        in(() -> searches.page(after, wanted, batch == null ? null : batch.value(), limit));
    StoredSearch last = page.size() < limit ? null : page.get(page.size() - 1);
    return new SearchBody.Page(
        page.stream().map(search -> SearchBody.of(search, search.summary())).toList(),
        last == null ? null : new PagePosition(last.createdAt(), last.id()).cursor());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read a search; while it runs, as far as it has come")
  public SearchBody read(@PathParam("id") SearchId id) {
    return in(() -> body(id));
  }

  @POST
  @Path("/{id}/cancel")
  @Operation(
      summary = "End a search",
      description =
          "It ends after its calls in flight, with the best answer so far. One that has ended stays"
              + " as it is.")
  public SearchBody cancel(@PathParam("id") SearchId id) {
    SearchBody cancelled =
        in(
            () -> {
              if (!find(id).status().isFinal()) {
                searches.cancel(id.value());
              }
              return body(id);
            });
    workers.cancel(id.value());
    return cancelled;
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Delete a search with its events; one that runs ends without a result")
  @APIResponse(responseCode = "204")
  public void delete(@PathParam("id") SearchId id) {
    if (!in(() -> searches.delete(id.value()))) {
      throw SearchProblems.searchNotFound();
    }
  }

  private SearchBody body(SearchId id) {
    StoredSearch search = find(id);
    Summary summary =
        search.summary() != null || search.status() != SearchStatus.RUNNING
            ? search.summary()
            : Summary.of(SearchState.replay(search.spec(), searches.history(id.value())));
    return SearchBody.of(search, summary);
  }

  private StoredSearch find(SearchId id) {
    return searches.find(id.value()).orElseThrow(SearchProblems::searchNotFound);
  }

  private <T> T in(Supplier<T> work) {
    RequestContext context = current.context();
    return transactions.in(context.tenant(), context.deadline(), work);
  }
}
