package dev.espalier.launcher;

import java.io.PrintStream;
import java.util.function.Consumer;

/** The terminal: our own messages, and the lines of the processes behind the names of these. */
final class Console {

  private static final int NAME_WIDTH = 14;

  private final PrintStream out;

  Console(PrintStream out) {
    this.out = out;
  }

  void say(String message) {
    synchronized (out) {
      out.println(message);
      out.flush();
    }
  }

  /** Takes lines and shows them as those of {@code name}. */
  Consumer<String> lines(String name) {
    String prefix = name + " ".repeat(Math.max(0, NAME_WIDTH - name.length())) + " | ";
    return line -> say(prefix + line);
  }
}
