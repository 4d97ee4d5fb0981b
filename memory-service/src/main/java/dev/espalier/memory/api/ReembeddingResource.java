package dev.espalier.memory.api;

import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.reembedding.Comparison;
import dev.espalier.memory.core.reembedding.Reembedder;
import dev.espalier.memory.ops.Reembeddings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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

/** The move of a conversation to the other embedding model that is configured. */
@Path("/v1/conversations/{id}/reembeddings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "reembedding")
public class ReembeddingResource {

  private final Caller caller;
  private final Reembedder reembedder;
  private final Reembeddings moves;

  ReembeddingResource(Caller caller, Reembedder reembedder, Reembeddings moves) {
    this.caller = caller;
    this.reembedder = reembedder;
    this.moves = moves;
  }

  @POST
  @Operation(summary = "Make the other model's vectors, beside those in use")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = ReembeddingBody.One.class)))
  public Response begin(@PathParam("id") ConversationId id) {
    return Response.accepted(ReembeddingBody.One.of(moves.begin(caller.scope(), id.value())))
        .build();
  }

  @GET
  @Path("/{move}")
  @Operation(summary = "Read how far a move has come")
  public ReembeddingBody.One read(
      @PathParam("id") ConversationId id, @PathParam("move") String move) {
    return ReembeddingBody.One.of(reembedder.read(caller.scope(), id.value(), moveId(move)));
  }

  @POST
  @Path("/{move}/comparison")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Compare what both models find near the same questions")
  public Comparison compare(
      @PathParam("id") ConversationId id,
      @PathParam("move") String move,
      @NotNull @Valid ReembeddingBody.Compare body) {
    return reembedder.compare(
        caller.scope(),
        id.value(),
        moveId(move),
        body.asked(),
        body.sampled(),
        body.nearest(),
        body.seeded());
  }

  @POST
  @Path("/{move}:cut-over")
  @Operation(summary = "Search the new vectors from here on; the old ones are kept")
  public ReembeddingBody.One cutOver(
      @PathParam("id") ConversationId id, @PathParam("move") String move) {
    return ReembeddingBody.One.of(moves.cutOver(caller.scope(), id.value(), moveId(move), false));
  }

  @POST
  @Path("/{move}:roll-back")
  @Operation(summary = "Search the old vectors again; the new ones are kept")
  public ReembeddingBody.One rollBack(
      @PathParam("id") ConversationId id, @PathParam("move") String move) {
    return ReembeddingBody.One.of(moves.cutOver(caller.scope(), id.value(), moveId(move), true));
  }

  @DELETE
  @Path("/{move}")
  @Operation(summary = "End a move: the vectors that are not searched go")
  @APIResponse(responseCode = "204")
  public void drop(@PathParam("id") ConversationId id, @PathParam("move") String move) {
    moves.drop(caller.scope(), id.value(), moveId(move));
  }

  private static UUID moveId(String text) {
    try {
      return ConversationId.fromString(text).value();
    } catch (MemoryException e) {
      throw MemoryException.reembeddingNotFound();
    }
  }
}
