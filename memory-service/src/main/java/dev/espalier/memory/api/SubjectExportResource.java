package dev.espalier.memory.api;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.transfer.Export;
import dev.espalier.persistence.StorableText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All conversations about a subject, as lines of JSON. */
@Path("/v1/conversations:export")
@Produces(TransferBody.NDJSON)
@Tag(name = "transfer")
public class SubjectExportResource {

  private final Caller caller;
  private final Export export;
  private final ExportStream stream;

  SubjectExportResource(Caller caller, Export export, ExportStream stream) {
    this.caller = caller;
    this.export = export;
    this.stream = stream;
  }

  @GET
  @Operation(summary = "Export all conversations about a subject, one after the other")
  public StreamingOutput export(
      @QueryParam("subject") @NotNull @Size(min = 1, max = 200) @StorableText String subject) {
    Scope scope = caller.scope();
    return stream.of(scope.tenant(), export.about(scope, subject));
  }
}
