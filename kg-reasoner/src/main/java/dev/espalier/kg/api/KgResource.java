package dev.espalier.kg.api;

import dev.espalier.kg.reasoning.Opening;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.store.KgStore;
import dev.espalier.persistence.IdempotentRequests;
import dev.espalier.persistence.PagePosition;
import dev.espalier.persistence.TenantTransactions;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Graphs as resources. */
@Path("/v1/kgs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "graphs")
public class KgResource {

  private final Caller caller;
  private final TenantTransactions transactions;
  private final KgStore kgs;
  private final Opening opening;
  private final IdempotentRequests requests;

  KgResource(
      Caller caller,
      TenantTransactions transactions,
      KgStore kgs,
      Opening opening,
      IdempotentRequests requests) {
    this.caller = caller;
    this.transactions = transactions;
    this.kgs = kgs;
    this.opening = opening;
    this.requests = requests;
  }

  @POST
  @Operation(summary = "Create an empty graph")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = KgBody.Stored.class)))
  public Response create(
      @HeaderParam(IdempotentRequests.HEADER) @Nullable String key,
      @NotNull @Valid KgBody.New body) {
    Scope scope = caller.scope();
    String created =
        requests.run(
            scope.tenant(),
            scope.deadline(),
            key,
            "kgs",
            body,
            KgBody.Stored::id,
            () -> KgBody.Stored.of(kgs.create(body.name())));
    return Response.status(Response.Status.CREATED).entity(created).build();
  }

  @GET
  @Operation(summary = "List graphs, newest first")
  public KgBody.Page list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Size(max = 200) @Nullable String cursor) {
    Scope scope = caller.scope();
    PagePosition after = cursor == null ? null : PagePosition.of(cursor);
    List<Kg> page = transactions.in(scope.tenant(), scope.deadline(), () -> kgs.page(after, limit));
    String next = null;
    if (page.size() == limit) {
      Kg last = page.get(limit - 1);
      next = new PagePosition(last.createdAt(), last.id()).cursor();
    }
    return new KgBody.Page(page.stream().map(KgBody.Stored::of).toList(), next);
  }

  @GET
  @Path("/{kg}")
  @Operation(summary = "Read a graph's counts and snapshot")
  public KgBody.Stored read(@PathParam("kg") String kg) {
    UUID id = ResourceId.kg(kg);
    Scope scope = caller.scope();
    return KgBody.Stored.of(transactions.in(scope.tenant(), scope.deadline(), () -> kgs.get(id)));
  }

  @DELETE
  @Path("/{kg}")
  @Operation(summary = "Delete a graph with its triples, jobs and models")
  @APIResponse(responseCode = "204")
  public void delete(@PathParam("kg") String kg) {
    UUID id = ResourceId.kg(kg);
    Scope scope = caller.scope();
    transactions.in(
        scope.tenant(),
        scope.deadline(),
        () -> {
          kgs.delete(id);
          return id;
        });
    opening.forget(id);
  }
}
