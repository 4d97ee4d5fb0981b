package dev.espalier.kg.api;

import dev.espalier.kg.config.KgConfig;
import dev.espalier.kg.intake.TripleFormat;
import dev.espalier.kg.intake.TripleIntake;
import dev.espalier.kg.intake.TripleWriter;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.Scope;
import dev.espalier.kg.resource.Split;
import dev.espalier.kg.resource.TripleChange;
import dev.espalier.kg.store.KgStore;
import dev.espalier.kg.store.TripleStore;
import dev.espalier.persistence.TenantTransactions;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The triples of a graph. */
@Path("/v1/kgs/{kg}/triples")
@Tag(name = "triples")
@Blocking
public class TripleResource {

  private static final String SPLITS = "train|valid|test";
  private static final List<TripleFormat> WRITTEN =
      List.of(TripleFormat.NTRIPLES, TripleFormat.TSV, TripleFormat.JSON_LINES);

  private final Caller caller;
  private final TenantTransactions transactions;
  private final KgStore kgs;
  private final TripleStore triples;
  private final TripleIntake intake = new TripleIntake();
  private final Semaphore uploads;

  TripleResource(
      Caller caller,
      TenantTransactions transactions,
      KgStore kgs,
      TripleStore triples,
      KgConfig config) {
    this.caller = caller;
    this.transactions = transactions;
    this.kgs = kgs;
    this.triples = triples;
    uploads = new Semaphore(config.uploads().concurrent());
  }

  @POST
  @Consumes({
    "application/n-triples",
    "text/turtle",
    "text/tab-separated-values",
    "text/csv",
    "application/json",
    "application/x-ndjson",
    "application/ld+json"
  })
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Add triples, all or none",
      description =
          "A triple that is there already is not added again. With literals=skip, triples whose"
              + " tail is a literal are left out.")
  public KgBody.Added add(
      @PathParam("kg") String kg,
      @QueryParam("split") @DefaultValue("train") @Pattern(regexp = SPLITS) String split,
      @QueryParam("literals") @DefaultValue("keep") @Pattern(regexp = "keep|skip") String literals,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      InputStream body) {
    UUID id = ResourceId.kg(kg);
    Split into = splitNamed(split);
    return KgBody.Added.of(
        upload(() -> triples.add(id, into, document(contentType, literals, body))));
  }

  @DELETE
  @Consumes({
    "application/n-triples",
    "text/turtle",
    "text/tab-separated-values",
    "text/csv",
    "application/json",
    "application/x-ndjson",
    "application/ld+json"
  })
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Remove the triples of a document, all or none")
  public KgBody.Removed remove(
      @PathParam("kg") String kg,
      @QueryParam("literals") @DefaultValue("keep") @Pattern(regexp = "keep|skip") String literals,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      InputStream body) {
    UUID id = ResourceId.kg(kg);
    return KgBody.Removed.of(
        upload(() -> triples.remove(id, document(contentType, literals, body))));
  }

  @GET
  @Produces({"application/n-triples", "text/tab-separated-values", "application/x-ndjson"})
  @Operation(summary = "Download the triples")
  public Response export(
      @PathParam("kg") String kg,
      @QueryParam("split") @Pattern(regexp = SPLITS) @Nullable String split,
      @Context HttpHeaders headers) {
    UUID id = ResourceId.kg(kg);
    Scope scope = caller.scope();
    Split only = split == null ? null : splitNamed(split);
    TripleFormat format = accepted(headers.getAcceptableMediaTypes());
    Kg found = transactions.in(scope.tenant(), scope.deadline(), () -> kgs.get(id));
    StreamingOutput stream = out -> write(scope, found, only, format, out);
    return Response.ok(stream, format.mediaType()).build();
  }

  private TripleStore.Document document(String contentType, String literals, InputStream body) {
    TripleFormat format =
        TripleFormat.named(contentType)
            .orElseThrow(
                () -> new ProblemException(Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE, null)));
    return sink -> intake.read(body, format, literals.equals("skip"), sink);
  }

  /** Runs a change in one transaction; not too many at once, since each holds a connection. */
  private TripleChange upload(Change change) {
    if (!uploads.tryAcquire()) {
      throw new ProblemException(
          Problem.of(ErrorCode.OVERLOADED, "too many uploads are being read"));
    }
    Scope scope = caller.scope();
    try {
      return transactions.in(
          scope.tenant(),
          scope.deadline(),
          () -> {
            try {
              return change.apply();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw new ProblemException(
          Problem.of(ErrorCode.MALFORMED_BODY, "the body ended too early"), e);
    } finally {
      uploads.release();
    }
  }

  private void write(
      Scope scope, Kg kg, @Nullable Split split, TripleFormat format, OutputStream out) {
    transactions.in(
        scope.tenant(),
        scope.deadline(),
        () -> {
          try (TripleWriter writer = TripleWriter.of(format, out)) {
            triples.export(kg, split, writer::write);
            return kg;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static TripleFormat accepted(List<MediaType> accepted) {
    for (MediaType type : accepted) {
      for (TripleFormat format : WRITTEN) {
        if (type.isCompatible(MediaType.valueOf(format.mediaType()))) {
          return format;
        }
      }
    }
    throw new ProblemException(Problem.of(ErrorCode.NOT_ACCEPTABLE, null));
  }

  private static Split splitNamed(String name) {
    return Split.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** A change of triples. */
  @FunctionalInterface
  private interface Change {
    TripleChange apply() throws IOException;
  }
}
