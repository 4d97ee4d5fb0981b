package dev.espalier.search.api;

import dev.espalier.protocol.ProblemException;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A search's id in an address. What cannot be an id names no search. */
@Schema(type = SchemaType.STRING, format = "uuid")
public record SearchId(UUID value) {

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /**
   * The name that JAX-RS looks for.
   *
   * @throws ProblemException {@code search.not_found}
   */
  public static SearchId fromString(String text) {
    return new SearchId(parse(text, SearchProblems::searchNotFound));
  }

  static UUID parse(String text, Supplier<ProblemException> otherwise) {
    if (!CANONICAL.matcher(text).matches()) {
      throw otherwise.get();
    }
    return UUID.fromString(text);
  }
}
