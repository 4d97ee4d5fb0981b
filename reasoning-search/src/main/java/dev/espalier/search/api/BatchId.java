package dev.espalier.search.api;

import dev.espalier.protocol.ProblemException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A batch's id in an address. What cannot be an id names no batch. */
@Schema(type = SchemaType.STRING, format = "uuid")
public record BatchId(UUID value) {

  /**
   * The name that JAX-RS looks for.
   *
   * @throws ProblemException {@code search.batch_not_found}
   */
  public static BatchId fromString(String text) {
    return new BatchId(SearchId.parse(text, SearchProblems::batchNotFound));
  }
}
