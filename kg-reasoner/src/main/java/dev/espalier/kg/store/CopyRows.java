package dev.espalier.kg.store;

import dev.espalier.persistence.DatabaseException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/** Rows of text for a COPY, sent in blocks. */
final class CopyRows {

  private static final int BLOCK = 1 << 16;

  private final CopyIn stream;
  private final StringBuilder block = new StringBuilder(BLOCK);

  CopyRows(CopyIn stream) {
    this.stream = stream;
  }

  void add(String first, String second, String third) {
    field(first);
    block.append('\t');
    field(second);
    block.append('\t');
    field(third);
    block.append('\n');
    if (block.length() >= BLOCK) {
      flush();
    }
  }

  void flush() {
    byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
    block.setLength(0);
    try {
      stream.writeToCopy(bytes, 0, bytes.length);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private void field(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> block.append("\\\\");
        case '\t' -> block.append("\\t");
        case '\n' -> block.append("\\n");
        case '\r' -> block.append("\\r");
        default -> block.append(c);
      }
    }
  }
}
