package dev.espalier.kg.api;

import dev.espalier.kg.resource.KgException;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Ids in addresses. What cannot be an id names nothing. */
final class ResourceId {

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private ResourceId() {}

  static UUID kg(String text) {
    return parse(text, KgException::kgNotFound);
  }

  static UUID model(String text) {
    return parse(text, KgException::modelNotFound);
  }

  static UUID job(String text) {
    return parse(text, KgException::jobNotFound);
  }

  private static UUID parse(String text, Supplier<KgException> notFound) {
    if (!CANONICAL.matcher(text).matches()) {
      throw notFound.get();
    }
    return UUID.fromString(text);
  }
}
