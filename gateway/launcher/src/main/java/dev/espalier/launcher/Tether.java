package dev.espalier.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command whose process gets a signal when the one that started it is gone, even by {@code kill
 * -9}.
 *
 * <p>On Linux {@code setpriv} asks the kernel for it, and {@code setsid} keeps Ctrl-C at the
 * terminal away from the process, so that we alone decide in which order processes stop. Elsewhere
 * a small shell waits for the end of its input, which comes when we end, and sends the signal.
 *
 * @param signal what the process gets, such as {@code TERM}
 * @param original the command without the tether
 */
record Tether(String signal, List<String> original) {

  private static final boolean HAS_SETPRIV = isOnPath("setpriv");
  private static final boolean HAS_SETSID = isOnPath("setsid");

  Tether {
    original = List.copyOf(original);
  }

  List<String> command() {
    List<String> command = new ArrayList<>();
    if (HAS_SETPRIV) {
      command.addAll(List.of("setpriv", "--pdeathsig", signal, "--"));
    }
    if (HAS_SETSID) {
      command.add("setsid");
    }
    command.addAll(original);
    return command;
  }

  /** Watches over the started process where the kernel does not, until the result is run. */
  Runnable watch(long pid) throws IOException {
    if (HAS_SETPRIV) {
      return () -> {};
    }
    String script = "cat > /dev/null; kill -s " + signal + " " + pid;
    Process watcher = new ProcessBuilder("sh", "-c", script).start();
    return watcher::destroyForcibly;
  }

  static boolean isOnPath(String tool) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
