package dev.espalier.memory.api;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.ops.Erasures;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Erasures across conversations. */
@Path("/v1/erasures")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "erasure")
public class ErasureResource {

  private final Caller caller;
  private final Erasures erasures;

  ErasureResource(Caller caller, Erasures erasures) {
    this.caller = caller;
    this.erasures = erasures;
  }

  @POST
  @Operation(
      summary = "Erase a subject or a speaker across conversations",
      description =
          "Conversations about the subject are deleted; what the speaker said elsewhere is redacted."
              + " Answered at once: the receipt says when it is done.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = ErasureBody.Receipt.class)))
  public Response erase(@NotNull @Valid ErasureBody.Request body) {
    ErasureBody.Receipt receipt =
        ErasureBody.Receipt.of(erasures.begin(caller.scope(), body.toCore()));
    return Response.accepted(receipt)
        .header(HttpHeaders.LOCATION, "/v1/erasures/" + receipt.id())
        .build();
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read an erasure's receipt")
  public ErasureBody.Receipt read(@PathParam("id") String id) {
    return ErasureBody.Receipt.of(erasures.read(caller.scope(), erasureId(id)));
  }

  private static UUID erasureId(String text) {
    try {
      return ConversationId.fromString(text).value();
    } catch (MemoryException e) {
      throw MemoryException.erasureNotFound();
    }
  }
}
