package dev.espalier.memory.api;

import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.ConversationStore;
import dev.espalier.memory.core.LexicalIndex;
import dev.espalier.memory.core.MemoryException;
import dev.espalier.memory.core.UnitOfWork;
import dev.espalier.memory.core.VectorIndex;
import dev.espalier.persistence.IdempotentRequests;
import dev.espalier.persistence.StorableText;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Conversations as resources. */
@Path("/v1/conversations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "conversations")
public class ConversationResource {

  private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

  private final Caller caller;
  private final UnitOfWork work;
  private final ConversationStore conversations;
  private final IdempotentRequests requests;
  private final VectorIndex vectors;
  private final LexicalIndex words;

  ConversationResource(
      Caller caller,
      UnitOfWork work,
      ConversationStore conversations,
      IdempotentRequests requests,
      VectorIndex vectors,
      LexicalIndex words) {
    this.caller = caller;
    this.work = work;
    this.conversations = conversations;
    this.requests = requests;
    this.vectors = vectors;
    this.words = words;
  }

  @POST
  @Operation(summary = "Create a conversation")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = ConversationBody.Stored.class)))
  public Response create(
      @HeaderParam(IdempotentRequests.HEADER) @Nullable String key,
      @NotNull @Valid ConversationBody.New body) {
    String created =
        requests.run(
            caller.scope().tenant(),
            caller.scope().deadline(),
            key,
            "conversations",
            body,
            ConversationBody.Stored::id,
            () ->
                ConversationBody.Stored.of(
                    conversations.create(
                        body.title(), body.subject(), ConversationBody.orEmpty(body.metadata()))));
    return Response.status(Response.Status.CREATED).entity(created).build();
  }

  @GET
  @Operation(summary = "List conversations, newest first")
  public ConversationBody.Page list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @QueryParam("cursor") @Size(max = 200) @Nullable String cursor,
      @QueryParam("subject") @Size(max = 200) @StorableText @Nullable String subject) {
    ConversationStore.Position after = cursor == null ? null : Cursor.decode(cursor);
    List<Conversation> page =
        work.in(caller.scope(), () -> conversations.page(after, subject, limit));
    String next = page.size() < limit ? null : Cursor.encode(page.get(page.size() - 1));
    return new ConversationBody.Page(page.stream().map(ConversationBody.Stored::of).toList(), next);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read a conversation")
  public ConversationBody.Stored read(@PathParam("id") ConversationId id) {
    return ConversationBody.Stored.of(
        work.in(caller.scope(), () -> conversations.find(id.value()))
            .orElseThrow(MemoryException::conversationNotFound));
  }

  @PATCH
  @Path("/{id}")
  @Operation(summary = "Change a conversation; absent members stay, null clears")
  public ConversationBody.Stored update(
      @PathParam("id") ConversationId id,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      @NotNull @Valid ConversationBody.Patch body) {
    Long version = ifMatch == null ? null : version(ifMatch);
    return ConversationBody.Stored.of(
        work.in(caller.scope(), () -> conversations.update(id.value(), body.toCore(), version)));
  }

  @DELETE
  @Path("/{id}")
  @Operation(summary = "Delete a conversation with everything derived from it")
  @APIResponse(responseCode = "204")
  public void delete(@PathParam("id") ConversationId id) {
    work.in(
        caller.scope(),
        () -> {
          conversations.delete(id.value());
          return id;
        });
    vectors.evict(id.value());
    words.evict(id.value());
  }

  private static long version(String ifMatch) {
    var version = VERSION.matcher(ifMatch);
    if (!version.matches()) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_HEADER, "If-Match is a quoted version, such as \"3\""));
    }
    return Long.parseLong(version.group(1));
  }
}
