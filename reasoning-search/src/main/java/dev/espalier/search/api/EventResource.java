package dev.espalier.search.api;

import dev.espalier.persistence.EventTail;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.protocol.CurrentRequest;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import dev.espalier.protocol.RequestContext;
import dev.espalier.search.ops.EventStreams;
import dev.espalier.search.store.SearchStore;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** A search as it happens. */
@Path("/v1/searches/{id}/events")
@Tag(name = "searches")
public class EventResource {

  private static final Pattern SEQ = Pattern.compile("\\d{1,18}");

  private final CurrentRequest current;
  private final TenantTransactions transactions;
  private final SearchStore searches;
  private final EventStreams streams;

  EventResource(
      CurrentRequest current,
      TenantTransactions transactions,
      SearchStore searches,
      EventStreams streams) {
    this.current = current;
    this.transactions = transactions;
    this.searches = searches;
    this.streams = streams;
  }

  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @Operation(
      summary = "Follow a search's events",
      description =
          "Everything from the first event, or from after Last-Event-ID, until the event"
              + " \"finished\"; then the stream ends. A service that stops ends it with"
              + " \"interrupted\": connect again with the last id.")
  public Multi<OutboundSseEvent> follow(
      Sse sse,
      @PathParam("id") SearchId id,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @QueryParam("after_seq") @Min(0) @Nullable Long afterSeq) {
    long after = lastEventId == null ? (afterSeq == null ? 0 : afterSeq) : seq(lastEventId);
    RequestContext context = current.context();
    boolean isOver =
        transactions.in(
            context.tenant(),
            context.deadline(),
            () ->
                searches
                        .find(id.value())
                        .orElseThrow(SearchProblems::searchNotFound)
                        .status()
                        .isFinal()
                    && searches.lastSeq(id.value()) <= after);
    return isOver
        ? Multi.createFrom().empty()
        : streams.follow(context.tenant(), id.value(), after).map(event -> written(sse, event));
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
        sse.newEventBuilder().name(event.type()).data(String.class, event.payload());
    return (event.equals(EventTail.INTERRUPTED) ? written : written.id(Long.toString(event.seq())))
        .build();
  }
}
