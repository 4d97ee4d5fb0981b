package dev.espalier.kg.api;

import dev.espalier.kg.resource.Position;
import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A place in a list, opaque to clients. */
final class Cursor {

  private static final int BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  /** The years 1 to 9999, which the database can compare with. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Cursor() {}

  static String encode(Position last) {
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
  static @Nullable Position decode(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      Instant createdAt = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
      if (bytes.remaining() == 2 * Long.BYTES
          && !createdAt.isBefore(FIRST)
          && !createdAt.isAfter(LAST)) {
        return new Position(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
      }
    } catch (RuntimeException e) {
      // Not base64, too short, or no time: all of it is no cursor of ours.
    }
    throw new ProblemException(Problem.of(ErrorCode.INVALID, "cursor is not one of ours"));
  }
}
