package dev.espalier.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The memory of a process and its descendants, read from {@code /proc}.
 *
 * <p>Pages that several processes share count once, divided among them (PSS), because most of what
 * PostgreSQL's processes hold is the same shared memory.
 */
final class ResidentMemory {

  private ResidentMemory() {}

  /** MiB of a process and all its descendants; 0 where the system does not tell. */
  static long mebibytes(ProcessHandle process) {
    long kibibytes =
        Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(one -> kibibytes(one.pid()))
            .sum();
    return kibibytes / 1024;
  }

  private static long kibibytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }
}
