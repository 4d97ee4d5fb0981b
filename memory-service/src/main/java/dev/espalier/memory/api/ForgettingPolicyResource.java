package dev.espalier.memory.api;

import dev.espalier.memory.core.forgetting.Forgetting;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How a tenant's conversations forget. */
@Path("/v1/forgetting-policies/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "forgetting")
public class ForgettingPolicyResource {

  private final Caller caller;
  private final Forgetting forgetting;

  ForgettingPolicyResource(Caller caller, Forgetting forgetting) {
    this.caller = caller;
    this.forgetting = forgetting;
  }

  @GET
  @Operation(summary = "Read a forgetting policy, stored or built in")
  public ForgettingBody.Policy policy(
      @PathParam("id") @Pattern(regexp = ForgettingBody.POLICY_ID) String id) {
    return ForgettingBody.Policy.of(forgetting.policy(caller.scope(), id));
  }

  @PUT
  @Operation(summary = "Store a forgetting policy; one stored under a built-in id takes its place")
  public ForgettingBody.Policy put(
      @PathParam("id") @Pattern(regexp = ForgettingBody.POLICY_ID) String id,
      @NotNull @Valid ForgettingBody.Policy body) {
    forgetting.put(caller.scope(), id, body.toCore());
    return ForgettingBody.Policy.of(body.toCore());
  }
}
