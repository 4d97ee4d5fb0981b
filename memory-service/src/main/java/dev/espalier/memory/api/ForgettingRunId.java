package dev.espalier.memory.api;

import dev.espalier.memory.core.MemoryException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A forgetting run's id in an address. What cannot be an id names no run. */
@Schema(type = SchemaType.STRING, format = "uuid")
public record ForgettingRunId(UUID value) {

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /**
   * The name that JAX-RS looks for.
   *
   * @throws MemoryException {@code memory.run_not_found}
   */
  public static ForgettingRunId fromString(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      throw MemoryException.runNotFound();
    }
    return new ForgettingRunId(UUID.fromString(text));
  }
}
