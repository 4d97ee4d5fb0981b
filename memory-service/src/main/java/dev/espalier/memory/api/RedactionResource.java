package dev.espalier.memory.api;

import dev.espalier.memory.core.erasure.Eraser;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single turns whose text goes for good. */
@Path("/v1/conversations/{id}/turns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "erasure")
public class RedactionResource {

  private final Caller caller;
  private final Eraser eraser;

  RedactionResource(Caller caller, Eraser eraser) {
    this.caller = caller;
    this.eraser = eraser;
  }

  @POST
  @Path("/{seq}:redact")
  @Operation(
      summary = "Erase a turn's text",
      description =
          "Its number, role and times stay; text, speaker, metadata, client_turn_id, vectors, word"
              + " index and every summary that covers it go, and summaries are made again without it.")
  public ErasureBody.Redaction redact(
      @PathParam("id") ConversationId id, @PathParam("seq") @Min(1) long seq) {
    return new ErasureBody.Redaction(seq, eraser.redact(caller.scope(), id.value(), seq));
  }
}
