package dev.espalier.kg.api;

import dev.espalier.kg.artefact.ArtefactException;
import dev.espalier.kg.artefact.ModelArtefact;
import dev.espalier.kg.core.model.ReasoningModel;
import dev.espalier.kg.resource.KgException;
import dev.espalier.kg.resource.KgException.Reason;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.resource.StoredModel;
import dev.espalier.kg.store.ModelStore;
import dev.espalier.kg.training.JsonText;
import dev.espalier.persistence.PagePosition;
import dev.espalier.persistence.StorableText;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Trained models. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "models")
public class ModelResource {

  /** A model of 512 dimensions and 100,000 relations. */
  private static final int MAX_ARTEFACT_BYTES = 64 << 20;

  private final Caller caller;
  private final TenantTransactions transactions;
  private final ModelStore models;
  private final JsonText json;

  ModelResource(Caller caller, TenantTransactions transactions, ModelStore models, JsonText json) {
    this.caller = caller;
    this.transactions = transactions;
    this.models = models;
    this.json = json;
  }

  @GET
  @Operation(summary = "List models, newest first")
  public ModelBody.Page list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Size(max = 200) @Nullable String cursor,
      @QueryParam("kg") @Nullable String kg) {
    Scope scope = caller.scope();
    PagePosition after = cursor == null ? null : PagePosition.of(cursor);
    UUID of = kg == null ? null : ResourceId.kg(kg);
    List<StoredModel> page =
        transactions.in(scope.tenant(), scope.deadline(), () -> models.page(of, after, limit));
    String next = null;
    if (page.size() == limit) {
      StoredModel last = page.get(limit - 1);
      next = new PagePosition(last.createdAt(), last.id()).cursor();
    }
    return new ModelBody.Page(
        page.stream().map(model -> ModelBody.Stored.of(model, json)).toList(), next);
  }

  @POST
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "Import a model's artefact, as it was downloaded")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ModelBody.Stored.class)))
  public Response add(
      @QueryParam("name") @Size(min = 1, max = 200) @StorableText @Nullable String name,
      InputStream body) {
    Scope scope = caller.scope();
    byte[] artefact = read(body);
    ReasoningModel model = parse(artefact);
    StoredModel stored =
        transactions.in(
            scope.tenant(),
            scope.deadline(),
            () ->
                models.add(
                    new ModelStore.NewModel(
                        null,
                        name,
                        "imported",
                        json.write(model.config()),
                        "{}",
                        json.write(model.provenance()),
                        model.relations().size(),
                        model.parameters().length,
                        artefact)));
    return Response.status(Response.Status.CREATED)
        .entity(ModelBody.Stored.of(stored, json))
        .build();
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read a model's configuration, metrics and provenance")
  public ModelBody.Stored read(@PathParam("id") String id) {
    UUID model = ResourceId.model(id);
    Scope scope = caller.scope();
    return ModelBody.Stored.of(
        transactions.in(scope.tenant(), scope.deadline(), () -> models.get(model)), json);
  }

  @GET
  @Path("/{id}/artefact")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "Download a model in the safetensors layout")
  public Response artefact(@PathParam("id") String id) {
    UUID model = ResourceId.model(id);
    Scope scope = caller.scope();
    byte[] bytes = transactions.in(scope.tenant(), scope.deadline(), () -> models.artefact(model));
    return Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM)
        .header("Content-Disposition", "attachment; filename=\"" + model + ".safetensors\"")
        .build();
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Delete a model")
  @APIResponse(responseCode = "204")
  public void delete(@PathParam("id") String id) {
    UUID model = ResourceId.model(id);
    Scope scope = caller.scope();
    transactions.in(
        scope.tenant(),
        scope.deadline(),
        () -> {
          models.delete(model);
          return model;
        });
  }

  private static byte[] read(InputStream body) {
    try {
      byte[] artefact = body.readNBytes(MAX_ARTEFACT_BYTES + 1);
      if (artefact.length > MAX_ARTEFACT_BYTES) {
        throw new ProblemException(
            Problem.of(ErrorCode.BODY_TOO_LARGE, "at most " + MAX_ARTEFACT_BYTES + " bytes"));
      }
      return artefact;
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_BODY, "the body ended too early"), e);
    }
  }

  private static ReasoningModel parse(byte[] artefact) {
    try {
      return ModelArtefact.read(artefact);
    } catch (ArtefactException e) {
      throw new KgException(Reason.MALFORMED_ARTEFACT, String.valueOf(e.getMessage()));
    }
  }
}
