package dev.espalier.persistence;

import dev.espalier.protocol.ErrorCode;
import dev.espalier.protocol.Problem;
import dev.espalier.protocol.ProblemException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A place in a list that shows the newest first; clients see it as an opaque cursor. */
public record PagePosition(Instant createdAt, UUID id) {

  private static final int BYTES = Long.BYTES + Integer.BYTES + 2 * Long.BYTES;

  /** What every timestamp column can be compared with. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** Before everything in a list that begins with the newest. */
  public static final PagePosition NEWEST = new PagePosition(LAST, new UUID(-1, -1));

  public String cursor() {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(createdAt.getEpochSecond())
            .putInt(createdAt.getNano())
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * @throws ProblemException {@code request.invalid} when we did not make this cursor
   */
  public static PagePosition of(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      Instant createdAt = Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
      if (bytes.remaining() == 2 * Long.BYTES
          && !createdAt.isBefore(Instant.EPOCH)
          && !createdAt.isAfter(LAST)) {
        return new PagePosition(createdAt, new UUID(bytes.getLong(), bytes.getLong()));
      }
    } catch (RuntimeException e) {
      // Not base64, too short, or no time: all of it is no cursor of ours.
    }
    throw new ProblemException(Problem.of(ErrorCode.INVALID, "cursor is not one of ours"));
  }
}
