package dev.espalier.kg.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.espalier.kg.resource.Kg;
import dev.espalier.kg.resource.TripleChange;
import dev.espalier.persistence.StorableText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Graphs on the wire. */
final class KgBody {

  private KgBody() {}

  /** A graph to create. */
  @Schema(name = "NewKg", additionalProperties = Schema.False.class)
  record New(@NotNull @NotBlank @Size(max = 200) @StorableText String name) {}

  /** A stored graph. */
  @Schema(name = "Kg")
  record Stored(
      UUID id,
      String name,
      long snapshot,
      int entities,
      int relations,
      Triples triples,
      Instant createdAt,
      Instant updatedAt) {

    static Stored of(Kg kg) {
      return new Stored(
          kg.id(),
          kg.name(),
          kg.snapshot(),
          kg.entities(),
          kg.relations(),
          Triples.of(kg.triples()),
          kg.createdAt(),
          kg.updatedAt());
    }
  }

  /** How many triples there are, and for what. */
  @Schema(name = "TripleCounts")
  record Triples(long train, long valid, long test, long total) {

    static Triples of(Kg.Triples triples) {
      return new Triples(triples.train(), triples.valid(), triples.test(), triples.total());
    }
  }

  /** A page of graphs, newest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "KgPage")
  record Page(@Schema(maxItems = 200) List<Stored> kgs, @Nullable String nextCursor) {}

  /** What an upload added. */
  @Schema(name = "AddedTriples")
  record Added(long received, long added, long known, long skippedLiterals, Stored kg) {

    static Added of(TripleChange change) {
      return new Added(
          change.received(),
          change.changed(),
          change.unchanged(),
          change.skippedLiterals(),
          Stored.of(change.kg()));
    }
  }

  /** What an upload removed. */
  @Schema(name = "RemovedTriples")
  record Removed(long received, long removed, long unknown, long skippedLiterals, Stored kg) {

    static Removed of(TripleChange change) {
      return new Removed(
          change.received(),
          change.changed(),
          change.unchanged(),
          change.skippedLiterals(),
          Stored.of(change.kg()));
    }
  }
}
