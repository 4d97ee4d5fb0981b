package dev.espalier.memory.api;

import dev.espalier.memory.core.ComposedContext;
import dev.espalier.memory.core.ContextComposer;
import dev.espalier.memory.core.Recall;
import dev.espalier.memory.core.Recalled;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.forgetting.UseLog;
import dev.espalier.memory.tokens.Tokenizer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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
  private final UseLog uses;

  RecallResource(Caller caller, Recall recall, ContextComposer contexts, UseLog uses) {
    this.caller = caller;
    this.recall = recall;
    this.contexts = contexts;
    this.uses = uses;
  }

  @POST
  @Path("/recall")
  @Operation(summary = "Find the turns that matter for a question")
  public RecallBody.Answer recall(
      @PathParam("id") ConversationId id, @NotNull @Valid RecallBody.Request body) {
    Scope scope = caller.scope();
    Recalled recalled = recall.recall(scope, id.value(), body.toCore());
    if (body.isUse()) {
      List<Long> seqs = recalled.hits().stream().map(hit -> hit.turn().seq()).toList();
      uses.used(scope, id.value(), seqs, recalled.index().lastSeq());
    }
    return RecallBody.Answer.of(recalled, body.wantsExplanation());
  }

  @POST
  @Path("/context")
  @Operation(summary = "Compose a prompt within a token budget, with its manifest")
  public ContextBody.Answer context(
      @PathParam("id") ConversationId id, @NotNull @Valid ContextBody.Request body) {
    Tokenizer tokenizer = body.chosenTokenizer();
    Scope scope = caller.scope();
    ComposedContext context =
        contexts.compose(scope, id.value(), body.toCore(), tokenizer.counter());
    if (body.isUse()) {
      List<Long> seqs =
          context.sections().stream().flatMap(section -> section.seqs().stream()).toList();
      uses.used(scope, id.value(), seqs, context.index().lastSeq());
    }
    return ContextBody.Answer.of(context, tokenizer);
  }
}
