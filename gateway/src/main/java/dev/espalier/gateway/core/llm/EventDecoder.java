package dev.espalier.gateway.core.llm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the data of server-sent events out of bytes that come in pieces. */
public final class EventDecoder {

  /** An event has grown longer than it may. */
  public static final class OversizedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  private static final String FIELD = "data:";

  private final int maxEventBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private boolean hasData;

  public EventDecoder(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  /**
   * The data of the events that are complete with this piece.
   *
   * @throws OversizedException for an event that is too long
   */
  public List<String> decode(byte[] piece) {
    List<String> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        line.write(piece, start, i - start);
        start = i + 1;
        endLine(events);
      }
    }
    line.write(piece, start, piece.length - start);
    if (line.size() + data.length() > maxEventBytes) {
      throw new OversizedException();
    }
    return events;
  }

  private void endLine(List<String> events) {
    if (line.size() + data.length() > maxEventBytes) {
      throw new OversizedException();
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (text.endsWith("\r")) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.isEmpty()) {
      if (hasData) {
        events.add(data.toString());
      }
      data.setLength(0);
      hasData = false;
    } else if (text.startsWith(FIELD)) {
      if (hasData) {
        data.append('\n');
      }
      boolean hasSpace = text.length() > FIELD.length() && text.charAt(FIELD.length()) == ' ';
      data.append(text, FIELD.length() + (hasSpace ? 1 : 0), text.length());
      hasData = true;
    }
  }
}
