package dev.espalier.memory.api;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.SubjectRecall;
import dev.espalier.memory.core.forgetting.UseLog;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What all conversations with or about somebody remember. */
@Path("/v1/recall")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "recall")
public class SubjectRecallResource {

  private final Caller caller;
  private final SubjectRecall recall;
  private final UseLog uses;

  SubjectRecallResource(Caller caller, SubjectRecall recall, UseLog uses) {
    this.caller = caller;
    this.recall = recall;
    this.uses = uses;
  }

  @POST
  @Operation(
      summary = "Find the turns that matter for a question in a subject's conversations",
      description = "The newest 200 conversations of the subject are searched.")
  public SubjectRecallBody.Answer recall(@NotNull @Valid SubjectRecallBody.Request body) {
    Scope scope = caller.scope();
    SubjectRecall.Found found = recall.recall(scope, body.subject(), body.toCore());
    if (body.isUse()) {
      for (SubjectRecall.Hit hit : found.hits()) {
        uses.used(scope, hit.conversation(), List.of(hit.hit().turn().seq()), hit.lastSeq());
      }
    }
    return SubjectRecallBody.Answer.of(found, body.wantsExplanation());
  }
}
