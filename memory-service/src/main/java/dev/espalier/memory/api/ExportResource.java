package dev.espalier.memory.api;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.transfer.Export;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A conversation that leaves, as lines of JSON. */
@Path("/v1/conversations/{id}/export")
@Produces(TransferBody.NDJSON)
@Tag(name = "transfer")
public class ExportResource {

  private final Caller caller;
  private final Export export;
  private final ExportStream stream;

  ExportResource(Caller caller, Export export, ExportStream stream) {
    this.caller = caller;
    this.export = export;
    this.stream = stream;
  }

  @GET
  @Operation(
      summary = "Export a conversation",
      description =
          "Lines of JSON: the conversation, its turns, and an end line with their number. An export"
              + " without its end line was cut off.")
  public StreamingOutput export(@PathParam("id") ConversationId id) {
    Scope scope = caller.scope();
    return stream.of(scope.tenant(), List.of(export.find(scope, id.value())));
  }
}
