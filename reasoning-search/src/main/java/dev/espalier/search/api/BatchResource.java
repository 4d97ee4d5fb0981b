package dev.espalier.search.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.persistence.IdempotentRequests;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.protocol.CurrentRequest;
import dev.espalier.protocol.RequestContext;
import dev.espalier.search.core.batch.SavingsMeter;
import dev.espalier.search.ops.SearchWorkers;
import dev.espalier.search.store.BatchStore;
import dev.espalier.search.store.BatchStore.StoredBatch;
import dev.espalier.search.store.StoredSearch;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Batches of searches. */
@Path("/v1/search-batches")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "search batches")
public class BatchResource {

  static final String LINES = "application/jsonl";
  private static final String LINES_TOO = "application/x-ndjson";
  private static final int PAGE = 100;

  private final CurrentRequest current;
  private final TenantTransactions transactions;
  private final IdempotentRequests requests;
  private final BatchLines lines;
  private final Batches batches;
  private final BatchStore store;
  private final SearchWorkers workers;
  private final StoredAnswers answers;
  private final ObjectMapper json;

  BatchResource(
      CurrentRequest current,
      TenantTransactions transactions,
      IdempotentRequests requests,
      BatchLines lines,
      Batches batches,
      BatchStore store,
      SearchWorkers workers,
      StoredAnswers answers,
      ObjectMapper json) {
    this.current = current;
    this.transactions = transactions;
    this.requests = requests;
    this.lines = lines;
    this.batches = batches;
    this.store = store;
    this.workers = workers;
    this.answers = answers;
    this.json = json;
  }

  @POST
  @Consumes({LINES, LINES_TOO})
  @Operation(
      summary = "Start many searches",
      description =
          "A search a line, each as POST /v1/searches takes it. The first line may be {\"batch\":"
              + " {budget, control_fraction, seed, metadata, defaults}}. All lines are taken, or"
              + " none. With control_fraction, that part of the items runs a second time without"
              + " pruning, which costs the tokens that it shows as saved.")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = BatchBody.class)))
  public Response create(
      @HeaderParam(IdempotentRequests.HEADER) @Nullable String key, @NotNull String body) {
    BatchLines.Batch batch = lines.read(body);
    RequestContext context = current.context();
    String created =
        requests.run(
            context.tenant(),
            context.deadline(),
            key,
            "search-batches",
            body,
            BatchBody::id,
            () -> read(batches.create(batch)));
    workers.wake();
    return Response.accepted(created)
        .header(HttpHeaders.LOCATION, "/v1/search-batches/" + answers.idOf(created))
        .build();
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read a batch: how far it has come, and what pruning saves")
  public BatchBody read(@PathParam("id") BatchId id) {
    return in(() -> read(find(id)));
  }

  @GET
  @Path("/{id}/results")
  @Produces(LINES)
  @Operation(
      summary = "Read a batch's searches",
      description =
          "A search a line, in the order of the batch, each with its status; control runs are not"
              + " among them.")
  public StreamingOutput results(@PathParam("id") BatchId id) {
    in(() -> find(id));
    RequestContext context = current.context();
    return output -> write(context, id, output);
  }

  @POST
  @Path("/{id}/retry")
  @Operation(summary = "Run the failed searches again; the others stay as they are")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = BatchBody.Retry.class)))
  public Response retry(@PathParam("id") BatchId id) {
    int retried = in(() -> batches.retry(find(id)));
    workers.wake();
    return Response.accepted(new BatchBody.Retry(id.value(), retried)).build();
  }

  @POST
  @Path("/{id}/cancel")
  @Operation(summary = "End all searches of a batch that have not ended")
  public BatchBody.Cancellation cancel(@PathParam("id") BatchId id) {
    int cancelled = in(() -> batches.cancel(find(id)));
    return new BatchBody.Cancellation(id.value(), cancelled);
  }

  private BatchBody read(StoredBatch batch) {
    return BatchBody.of(
        batch,
        store.progress(batch.id(), false),
        store.progress(batch.id(), true),
        batch.controlFraction() == 0
            ? null
            : SavingsMeter.read(store.pairs(batch.id()), batch.seed()));
  }

  private StoredBatch find(BatchId id) {
    return store.find(id.value()).orElseThrow(SearchProblems::batchNotFound);
  }

  private void write(RequestContext context, BatchId id, OutputStream output) throws IOException {
    int last = -1;
    List<StoredSearch> page;
    do {
      int after = last;
      page =
          transactions.in(
              context.tenant(), context.deadline(), () -> store.items(id.value(), after, PAGE));
      for (StoredSearch search : page) {
        output.write(json.writeValueAsBytes(SearchBody.of(search, search.summary())));
        output.write('\n');
        last = search.item() == null ? last : search.item().number();
      }
    } while (page.size() == PAGE);
  }

  private <T> T in(Supplier<T> work) {
    RequestContext context = current.context();
    return transactions.in(context.tenant(), context.deadline(), work);
  }
}
