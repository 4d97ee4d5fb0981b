package dev.espalier.memory.api;

import dev.espalier.memory.core.Scope;
import dev.espalier.memory.core.TurnStore;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.ops.ConversationTail;
import dev.espalier.persistence.EventTail;
import dev.espalier.persistence.StoredEvent;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** What happens in a conversation, as it happens. */
@Path("/v1/conversations/{id}/events")
@Tag(name = "events")
public class EventResource {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final String LOST = "events.lost";

  private final Caller caller;
  private final UnitOfWork work;
  private final TurnStore turns;
  private final ConversationTail tail;

  EventResource(Caller caller, UnitOfWork work, TurnStore turns, ConversationTail tail) {
    this.caller = caller;
    this.work = work;
    this.turns = turns;
    this.tail = tail;
  }

  @GET
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @Operation(
      summary = "Follow a conversation",
      description =
          "Server-sent events with ids and sequence numbers, no text. With Last-Event-ID (0 for the"
              + " beginning) what came after it first. Where older events are no longer kept, the"
              + " first event is events.lost. The stream ends after conversation.deleted; a service"
              + " that stops ends it with \"interrupted\": connect again with the last id.")
  public Multi<OutboundSseEvent> follow(
      @PathParam("id") ConversationId id,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      Sse sse) {
    long after = lastEventId == null ? 0 : number(lastEventId);
    Scope scope = caller.scope();
    long firstKept =
        work.in(
            scope,
            () -> {
              turns.indexState(id.value()); // refuses an unknown conversation
              return tail.firstKept(id.value());
            });
    Multi<OutboundSseEvent> events =
        tail.follow(scope.tenant(), id.value(), after).map(event -> written(sse, event));
    boolean isLost = lastEventId != null && firstKept > after + 1;
    return isLost
        ? Multi.createBy()
            .concatenating()
            .streams(Multi.createFrom().item(lost(sse, firstKept)), events)
        : events;
  }

  private static OutboundSseEvent written(Sse sse, StoredEvent event) {
    if (event.equals(EventTail.PULSE)) {
      return sse.newEventBuilder().comment("still here").build();
    }
    OutboundSseEvent.Builder written =
        sse.newEventBuilder().name(event.type()).data(event.payload());
    return (event.equals(EventTail.INTERRUPTED) ? written : written.id(Long.toString(event.seq())))
        .build();
  }

  private static OutboundSseEvent lost(Sse sse, long firstKept) {
    return sse.newEventBuilder().name(LOST).data("{\"first_kept\":" + firstKept + "}").build();
  }

  private static long number(String lastEventId) {
    if (!NUMBER.matcher(lastEventId).matches()) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_HEADER, "Last-Event-ID is a number that we gave"));
    }
    return Long.parseLong(lastEventId);
  }
}
