package dev.espalier.memory.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.memory.core.Conversation;
import dev.espalier.memory.core.Turn;
import dev.espalier.memory.core.transfer.Export;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes an export line by line. */
final class NdjsonWriter implements Export.Sink {

  private final OutputStream out;
  private final ObjectMapper json;

  NdjsonWriter(OutputStream out, ObjectMapper json) {
    this.out = out;
    this.json = json;
  }

  @Override
  public void begin(Conversation conversation) {
    write(TransferBody.Head.of(conversation));
  }

  @Override
  public void turn(Turn turn) {
    write(TransferBody.Line.of(turn));
  }

  @Override
  public void end(long turns) {
    write(new TransferBody.End(turns));
  }

  private void write(TransferBody.Entry entry) {
    try {
      // Written as the sealed type, so that the line says what it is.
      out.write(json.writerFor(TransferBody.Entry.class).writeValueAsBytes(entry));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
