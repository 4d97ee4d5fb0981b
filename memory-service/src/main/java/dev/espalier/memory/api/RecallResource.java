package dev.espalier.memory.api;

import dev.espalier.memory.core.ContextComposer;
import dev.espalier.memory.core.Recall;
import dev.espalier.memory.tokens.Tokenizer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a conversation remembers. */
@Path("/v1/conversations/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "recall")
public class RecallResource {

  private final Caller caller;
  private final Recall recall;
  private final ContextComposer contexts;

  RecallResource(Caller caller, Recall recall, ContextComposer contexts) {
    this.caller = caller;
    this.recall = recall;
    this.contexts = contexts;
  }

  @POST
  @Path("/recall")
  @Operation(summary = "Find the turns that matter for a question")
  public RecallBody.Answer recall(
      @PathParam("id") ConversationId id, @NotNull @Valid RecallBody.Request body) {
    return RecallBody.Answer.of(
        recall.recall(caller.scope(), id.value(), body.toCore()), body.isExplained());
  }

  @POST
  @Path("/context")
  @Operation(summary = "Compose a prompt within a token budget, with its manifest")
  public ContextBody.Answer context(
      @PathParam("id") ConversationId id, @NotNull @Valid ContextBody.Request body) {
    Tokenizer tokenizer = body.chosenTokenizer();
    return ContextBody.Answer.of(
        contexts.compose(caller.scope(), id.value(), body.toCore(), tokenizer.counter()),
        tokenizer);
  }
}
