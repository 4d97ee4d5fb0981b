package dev.espalier.kg.api;

import dev.espalier.kg.ops.EventStreams;
import dev.espalier.kg.resource.Job;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.store.JobStore;
import dev.espalier.kg.training.JsonText;
import dev.espalier.persistence.EventTail;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** Trainings. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "jobs")
public class JobResource {

  private static final Pattern SEQ = Pattern.compile("\\d{1,18}");

  private final Caller caller;
  private final TenantTransactions transactions;
  private final JobStore jobs;
  private final EventStreams streams;
  private final JsonText json;

  JobResource(
      Caller caller,
      TenantTransactions transactions,
      JobStore jobs,
      EventStreams streams,
      JsonText json) {
    this.caller = caller;
    this.transactions = transactions;
    this.jobs = jobs;
    this.streams = streams;
    this.json = json;
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read a job")
  public JobBody.Stored read(@PathParam("id") String id) {
    UUID job = ResourceId.job(id);
    Scope scope = caller.scope();
    return JobBody.Stored.of(
        transactions.in(scope.tenant(), scope.deadline(), () -> jobs.get(job)), json);
  }

  @POST
  @Path("/{id}/cancel")
  @Operation(summary = "End a job that waits or runs; nothing is kept of it")
  public JobBody.Stored cancel(@PathParam("id") String id) {
    UUID job = ResourceId.job(id);
    Scope scope = caller.scope();
    Job cancelled = transactions.in(scope.tenant(), scope.deadline(), () -> jobs.cancel(job));
    streams.wake();
    return JobBody.Stored.of(cancelled, json);
  }

  @GET
  @Path("/{id}/events")
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Follow a job's events",
      description =
          "Everything from the first event, or from after Last-Event-ID, until one that names a"
              + " final status; then the stream ends. A service that stops ends it with"
              + " \"interrupted\": connect again with the last id.")
  public Multi<OutboundSseEvent> follow(
      Sse sse,
      @PathParam("id") String id,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
    UUID job = ResourceId.job(id);
    long after = lastEventId == null ? 0 : seq(lastEventId);
    Scope scope = caller.scope();
    boolean isOver =
        transactions.in(
            scope.tenant(),
            scope.deadline(),
            () -> jobs.get(job).status().isFinal() && jobs.lastEvent(job) <= after);
    return isOver
        ? Multi.createFrom().empty()
        : streams.follow(scope.tenant(), job, after).map(event -> written(sse, event));
  }

  private static long seq(String lastEventId) {
    if (!SEQ.matcher(lastEventId).matches()) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_HEADER, "Last-Event-ID is the id of an event"));
    }
    return Long.parseLong(lastEventId);
  }

  private static OutboundSseEvent written(Sse sse, StoredEvent event) {
    if (event.equals(EventTail.PULSE)) {
      return sse.newEventBuilder().comment("alive").build();
    }
    OutboundSseEvent.Builder written =
        sse.newEventBuilder()
            .name(event.type())
            .mediaType(MediaType.TEXT_PLAIN_TYPE)
            .data(String.class, event.payload());
    return (event.equals(EventTail.INTERRUPTED) ? written : written.id(Long.toString(event.seq())))
        .build();
  }
}
