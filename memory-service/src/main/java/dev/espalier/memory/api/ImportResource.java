package dev.espalier.memory.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.erasure.Eraser;
import dev.espalier.memory.core.transfer.Import;
import dev.espalier.memory.ops.EmbeddingWorkers;
import dev.espalier.persistence.IdempotentRequests;
import dev.espalier.protocol.ErrorCode;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Conversations that come back. */
@Path("/v1/conversations:import")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "transfer")
public class ImportResource {

  private final Caller caller;
  private final ConversationStore conversations;
  private final TurnStore turns;
  private final Eraser eraser;
  private final IdempotentRequests requests;
  private final EmbeddingWorkers workers;
  private final ObjectMapper json;
  private final Validator validator;

  ImportResource(
      Caller caller,
      ConversationStore conversations,
      TurnStore turns,
      Eraser eraser,
      IdempotentRequests requests,
      EmbeddingWorkers workers,
      ObjectMapper json,
      Validator validator) {
    this.caller = caller;
    this.conversations = conversations;
    this.turns = turns;
    this.eraser = eraser;
    this.requests = requests;
    this.workers = workers;
    this.json = json;
    this.validator = validator;
  }

  @POST
  @Consumes(TransferBody.NDJSON)
  @Operation(
      summary = "Import conversations from an export, as new ones",
      description =
          "All of them or none. Turns keep their numbers; vectors are made again. The whole body may"
              + " have as many bytes as any other.")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = TransferBody.Imported.class)))
  public Response importLines(
      @HeaderParam(IdempotentRequests.HEADER) @Nullable String key, byte[] body) {
    Scope scope = caller.scope();
    String imported =
        requests.run(
            scope.tenant(),
            scope.deadline(),
            key,
            "import",
            body,
            TransferBody.Imported::first,
            () -> store(body));
    workers.wake();
    return Response.status(Response.Status.CREATED).entity(imported).build();
  }

  private TransferBody.Imported store(byte[] body) {
    NdjsonReader lines = new NdjsonReader(body, json, validator);
    List<TransferBody.One> stored = new ArrayList<>();
    Import current = null;
    for (TransferBody.Entry entry = lines.next(); entry != null; entry = lines.next()) {
      if (entry instanceof TransferBody.Head head && current == null) {
        current = begin(head);
      } else if (entry instanceof TransferBody.Line line && current != null) {
        add(line, current, lines);
      } else if (entry instanceof TransferBody.End end
          && current != null
          && end.turns() == current.turns()) {
        current.finish();
        stored.add(new TransferBody.One(current.id(), current.turns()));
        current = null;
      } else {
        throw lines.refuse(ErrorCode.INVALID, "does not follow from the one before");
      }
    }
    if (current != null || stored.isEmpty()) {
      throw lines.refuse(ErrorCode.INVALID, "is the last one, and no conversation's end");
    }
    return new TransferBody.Imported(stored);
  }

  private Import begin(TransferBody.Head head) {
    return new Import(
        conversations,
        turns,
        eraser,
        head.title(),
        head.subject(),
        ConversationBody.orEmpty(head.metadata()));
  }

  private static void add(TransferBody.Line line, Import current, NdjsonReader lines) {
    if (line.seq() != current.turns() + 1) {
      throw lines.refuse(ErrorCode.INVALID, "does not have the next sequence number");
    }
    boolean isRedacted = line.redactedAt() != null;
    if (isRedacted != line.content().isEmpty()) {
      throw lines.refuse(ErrorCode.INVALID, "content is empty in redacted turns, and in no others");
    }
    current.add(line.toCore(), isRedacted);
  }
}
