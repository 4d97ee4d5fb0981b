package dev.espalier.memory.api;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.forgetting.Forgetting;
import dev.espalier.memory.core.forgetting.ForgettingRun;
import dev.espalier.persistence.IdempotentRequests;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a conversation forgets, and why. */
@Path("/v1/conversations/{id}/forgetting-runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "forgetting")
public class ForgettingResource {

  private static final int MAX_ITEMS = 1000;

  private final Caller caller;
  private final Forgetting forgetting;
  private final IdempotentRequests requests;

  ForgettingResource(Caller caller, Forgetting forgetting, IdempotentRequests requests) {
    this.caller = caller;
    this.forgetting = forgetting;
    this.requests = requests;
  }

  @POST
  @Operation(
      summary = "Forget what is over the policy's capacities, or show what would be forgotten",
      description =
          "With \"dry_run\" nothing changes. With \"explain\" the turns that stay are listed, too."
              + " At most 1,000 items are in the answer.")
  @APIResponse(
      responseCode = "200",
      description = "A dry run",
      content = @Content(schema = @Schema(implementation = ForgettingBody.Run.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ForgettingBody.Run.class)))
  public Response run(
      @PathParam("id") ConversationId id,
      @HeaderParam(IdempotentRequests.HEADER) @Nullable String key,
      @NotNull @Valid ForgettingBody.Request body) {
    Scope scope = caller.scope();
    if (body.isDryRun()) {
      return Response.ok(
              ForgettingBody.Run.preview(
                  id.value(),
                  body.policyId(),
                  forgetting.preview(scope, id.value(), body.policyId()),
                  body.wantsExplanation(),
                  MAX_ITEMS))
          .build();
    }
    String done =
        requests.run(
            scope.tenant(),
            scope.deadline(),
            key,
            "forgetting runs of " + id.value(),
            body,
            run -> id.value(),
            () -> run(id, body));
    return Response.status(Response.Status.CREATED).entity(done).build();
  }

  @GET
  @Path("/{run}")
  @Operation(summary = "Read a forgetting run, a page of its items at a time")
  public ForgettingBody.Run read(
      @PathParam("id") ConversationId id,
      @PathParam("run") ForgettingRunId run,
      @QueryParam("after_seq") @DefaultValue("0") @Min(0) long afterSeq,
      @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(10_000) int limit) {
    ForgettingRun found = forgetting.find(caller.scope(), run.value());
    if (!found.conversation().equals(id.value())) {
      throw MemoryException.runNotFound();
    }
    return ForgettingBody.Run.of(found, found.items(), afterSeq, limit);
  }

  private ForgettingBody.Run run(ConversationId id, ForgettingBody.Request body) {
    Forgetting.Outcome outcome = forgetting.runWithin(id.value(), body.policyId());
    return ForgettingBody.Run.of(
        outcome.run(),
        body.wantsExplanation() ? outcome.plan().items() : outcome.plan().changes(),
        0,
        MAX_ITEMS);
  }
}
