package dev.espalier.memory.api;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.summary.CompactMemory;
import dev.espalier.memory.core.summary.CompactMemory.Hierarchy;
import dev.espalier.memory.core.summary.CompactSummary;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The compact memory of a conversation. */
@Path("/v1/conversations/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "summaries")
public class SummaryResource {

  private final Caller caller;
  private final CompactMemory memory;

  SummaryResource(Caller caller, CompactMemory memory) {
    this.caller = caller;
    this.memory = memory;
  }

  @GET
  @Path("/summary")
  @Operation(
      summary = "The summary of the conversation (level 2) or of its latest segment (level 1)")
  public SummaryBody.One summary(
      @PathParam("id") ConversationId id,
      @QueryParam("level") @DefaultValue("2") @Min(1) @Max(2) int level,
      @QueryParam("as_of_seq") @Min(1) @Nullable Long asOfSeq) {
    Hierarchy read = memory.read(caller.scope(), id.value(), asOfSeq);
    return (level == 2 ? read.whole() : latest(read))
        .map(SummaryBody.One::of)
        .orElseThrow(SummaryResource::nothingToSummarise);
  }

  @GET
  @Path("/summaries")
  @Operation(summary = "The summaries in force; with superseded=true all versions that are stored")
  public SummaryBody.Many summaries(
      @PathParam("id") ConversationId id,
      @QueryParam("superseded") @DefaultValue("false") boolean withSuperseded) {
    Scope scope = caller.scope();
    return SummaryBody.Many.of(
        withSuperseded
            ? memory.history(scope, id.value())
            : inForce(memory.read(scope, id.value(), null)));
  }

  @POST
  @Path("/summaries:rebuild")
  @Operation(summary = "Make every summary again; the earlier versions stay readable")
  public SummaryBody.Many rebuild(@PathParam("id") ConversationId id) {
    return SummaryBody.Many.of(inForce(memory.rebuild(caller.scope(), id.value())));
  }

  private static Optional<CompactSummary> latest(Hierarchy read) {
    return read.open().isPresent() || read.segments().isEmpty()
        ? read.open()
        : Optional.of(read.segments().get(read.segments().size() - 1));
  }

  private static List<CompactSummary> inForce(Hierarchy read) {
    List<CompactSummary> all = new ArrayList<>(read.segments());
    read.open().ifPresent(all::add);
    read.whole().ifPresent(all::add);
    return all;
  }

  private static ProblemException nothingToSummarise() {
    return new ProblemException(
        new Problem(
            404,
            "memory.no_summary",
            "There is nothing to summarise yet",
            "the conversation has no turn",
            false,
            Map.of()));
  }
}
