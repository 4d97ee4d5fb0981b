package dev.espalier.memory.api;

import dev.espalier.memory.core.forgetting.Forgetting;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Turns that are never forgotten. */
@Path("/v1/conversations/{id}/turns/{seq}/pin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "forgetting")
public class PinResource {

  private final Caller caller;
  private final Forgetting forgetting;

  PinResource(Caller caller, Forgetting forgetting) {
    this.caller = caller;
    this.forgetting = forgetting;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @APIResponse(responseCode = "204")
  @Operation(summary = "Keep a turn active, whatever a policy says")
  public void pin(@PathParam("id") ConversationId id, @PathParam("seq") @Min(1) long seq) {
    forgetting.pin(caller.scope(), id.value(), seq);
  }

  @DELETE
  @APIResponse(responseCode = "204")
  @Operation(summary = "Let a turn fade again")
  public void unpin(@PathParam("id") ConversationId id, @PathParam("seq") @Min(1) long seq) {
    forgetting.unpin(caller.scope(), id.value(), seq);
  }
}
