package dev.espalier.memory.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.Appended;
import dev.espalier.memory.core.IndexState;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.ops.EmbeddingWorkers;
import dev.espalier.persistence.IdempotentRequests;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The turns of a conversation. */
@Path("/v1/conversations/{id}/turns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "turns")
public class TurnResource {

  private final Caller caller;
  private final UnitOfWork work;
  private final TurnStore turns;
  private final IdempotentRequests requests;
  private final EmbeddingWorkers workers;
  private final ObjectMapper json;

  TurnResource(
      Caller caller,
      UnitOfWork work,
      TurnStore turns,
      IdempotentRequests requests,
      EmbeddingWorkers workers,
      ObjectMapper json) {
    this.caller = caller;
    this.work = work;
    this.turns = turns;
    this.requests = requests;
    this.workers = workers;
    this.json = json;
  }

  @POST
  @Operation(
      summary = "Append turns",
      description =
          "Durable when answered; found by words at once, by meaning when embedded. With"
              + " \"Prefer: wait=SECONDS\" the answer waits for the embedding, 30 seconds at most.")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = TurnBody.Appended.class)))
  public Response append(
      @PathParam("id") ConversationId id,
      @HeaderParam(IdempotentRequests.HEADER) @Nullable String key,
      @HeaderParam("Prefer") @Nullable String prefer,
      @NotNull @Valid TurnBody.Append body) {
    Scope scope = caller.scope();
    String appended =
        requests.run(
            scope.tenant(),
            scope.deadline(),
            key,
            "turns of " + id.value(),
            body,
            answer -> id.value(),
            () -> append(id.value(), body));
    workers.wake();
    Object answer =
        PreferredWait.parse(prefer)
            .<Object>map(wait -> afterWaiting(scope, id.value(), wait, appended))
            .orElse(appended);
    return Response.status(Response.Status.CREATED).entity(answer).build();
  }

  @GET
  @Operation(summary = "Read turns, oldest first")
  public TurnBody.Page read(
      @PathParam("id") ConversationId id,
      @QueryParam("after_seq") @DefaultValue("0") @Min(0) long afterSeq,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
    return work.in(
        caller.scope(),
        () -> {
          IndexState index = turns.indexState(id.value());
          List<Turn> page = turns.after(id.value(), afterSeq, limit);
          Long next = page.size() < limit ? null : page.get(page.size() - 1).seq();
          return new TurnBody.Page(
              page.stream().map(TurnBody.Stored::of).toList(), next, IndexBody.of(index));
        });
  }

  private TurnBody.Appended afterWaiting(
      Scope scope, UUID conversation, Duration wait, String appended) {
    try {
      TurnBody.Appended answer = json.readValue(appended, TurnBody.Appended.class);
      IndexState index = workers.awaitEmbedded(scope, conversation, wait, answer.index().toCore());
      return answer.with(IndexBody.of(index));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer of ours that we cannot read", e);
    }
  }

  private TurnBody.Appended append(UUID conversation, TurnBody.Append body) {
    Appended appended =
        turns.append(
            conversation,
            body.turns().stream().map(TurnBody.New::toCore).toList(),
            body.expectedSeq());
    return new TurnBody.Appended(
        Collections.min(appended.seqs()),
        Collections.max(appended.seqs()),
        appended.version(),
        appended.seqs(),
        IndexBody.of(turns.indexState(conversation)));
  }
}
