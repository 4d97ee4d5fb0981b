package dev.espalier.memory.api;

import dev.espalier.memory.core.forgetting.Forgetting;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Brings back what was forgotten. */
@Path("/v1/forgetting-runs/{run}/undo")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "forgetting")
public class ForgettingUndoResource {

  private final Caller caller;
  private final Forgetting forgetting;

  ForgettingUndoResource(Caller caller, Forgetting forgetting) {
    this.caller = caller;
    this.forgetting = forgetting;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Bring back what a run moved",
      description = "What was moved again since stays where it is, and what was purged is gone.")
  public ForgettingBody.Undo undo(@PathParam("run") ForgettingRunId run) {
    return ForgettingBody.Undo.of(forgetting.undo(caller.scope(), run.value()));
  }
}
