package dev.espalier.memory.api;

import dev.espalier.memory.core.MemoryException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A conversation's id in an address. What cannot be an id names no conversation. */
@Schema(type = SchemaType.STRING, format = "uuid")
public record ConversationId(UUID value) {

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /**
   * The name that JAX-RS looks for.
   *
   * @throws MemoryException {@code memory.conversation_not_found}
   */
  public static ConversationId fromString(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      throw MemoryException.conversationNotFound();
    }
    return new ConversationId(UUID.fromString(text));
  }
}
