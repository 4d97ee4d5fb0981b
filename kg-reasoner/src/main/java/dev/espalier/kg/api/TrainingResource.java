package dev.espalier.kg.api;

import dev.espalier.kg.ops.TrainingWorkers;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.training.JsonText;
import dev.espalier.kg.training.Trainings;
import dev.espalier.persistence.IdempotentRequests;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where trainings are asked for. */
@Path("/v1/kgs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class TrainingResource {

  private final Caller caller;
  private final IdempotentRequests requests;
  private final Trainings trainings;
  private final TrainingWorkers workers;
  private final JsonText json;

  TrainingResource(
      Caller caller,
      IdempotentRequests requests,
      Trainings trainings,
      TrainingWorkers workers,
      JsonText json) {
    this.caller = caller;
    this.requests = requests;
    this.trainings = trainings;
    this.workers = workers;
    this.json = json;
  }

  @POST
  @Path("/{kg}/models")
  @Operation(
      summary = "Train a model on the graph as it is now",
      description = "Answers with a job; its events tell how the training goes.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = JobBody.Stored.class)))
  public Response train(
      @PathParam("kg") String kg,
      @HeaderParam(IdempotentRequests.HEADER) @Nullable String key,
      @NotNull @Valid JobBody.New body) {
    UUID id = ResourceId.kg(kg);
    Scope scope = caller.scope();
    String taken =
        requests.run(
            scope.tenant(),
            scope.deadline(),
            key,
            "models of " + id,
            body,
            job -> id,
            () ->
                JobBody.Stored.of(
                    trainings.add(id, body.config(), body.budgetSeconds(), body.seed()), json));
    workers.wake();
    JobBody.Stored job = json.read(taken, JobBody.Stored.class);
    return Response.status(Response.Status.ACCEPTED)
        .header("Location", "/v1/jobs/" + job.id())
        .entity(taken)
        .build();
  }
}
