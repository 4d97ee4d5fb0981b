package dev.espalier.helm.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** Short commands of the system. */
final class Commands {

  private Commands() {}

  /** What it printed; its errors go to ours. */
  static String run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new RehearsalException(String.join(" ", List.of(command)) + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new RehearsalException("cannot run " + command[0], e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RehearsalException("interrupted", e);
    }
  }
}
