package dev.espalier.memory.api;

import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.ConversationStore.Position;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A place in the list of conversations, opaque to clients. */
final class Cursor {

  private static final int BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  private Cursor() {}

  static String encode(Conversation last) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(last.createdAt().getEpochSecond())
            .putInt(last.createdAt().getNano())
            .putLong(last.id().getMostSignificantBits())
            .putLong(last.id().getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * @throws ProblemException {@code request.invalid} when we did not make this cursor
   */
  static Position decode(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      Instant createdAt = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
      if (bytes.remaining() == 2 * Long.BYTES && StorableTime.Validator.isStorable(createdAt)) {
        return new Position(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
      }
    } catch (RuntimeException e) {
      // Not base64, too short, or no time: all of it is no cursor of ours.
    }
    throw new ProblemException(Problem.of(ErrorCode.INVALID, "cursor is not one of ours"));
  }
}
