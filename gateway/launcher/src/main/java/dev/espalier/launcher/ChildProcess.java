package dev.espalier.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A process that doesn't outlive this one.
 *
 * <p>One thread starts it, reads its output and stays until it ends. It has to be one thread,
 * because Linux sends the signal of {@code setpriv --pdeathsig} when the thread that started the
 * child ends, not when its process does.
 */
final class ChildProcess {

  private static final int KEPT_LINES = 40;

  private final String name;
  private final Consumer<String> output;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private ChildProcess(String name, Consumer<String> output) {
    this.name = name;
    this.output = output;
  }

  /**
   * Starts a command.
   *
   * @param environment what is added to our own environment
   * @param output receives every line that the child writes, on the child's own thread
   */
  static ChildProcess start(
      String name, Tether tether, Map<String, String> environment, Consumer<String> output) {
    ChildProcess child = new ChildProcess(name, output);
    ProcessBuilder builder = new ProcessBuilder(tether.command()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Thread thread = new Thread(() -> child.run(builder, tether), name + "-output");
    thread.setDaemon(true);
    thread.start();
    child.process();
    return child;
  }

  String name() {
    return name;
  }

  long pid() {
    return process().pid();
  }

  boolean isAlive() {
    return process().isAlive();
  }

  /** Completes with the exit status, after the last line of output was handed on. */
  CompletableFuture<Integer> exit() {
    return exit.copy();
  }

  List<String> lastLines() {
    synchronized (lastLines) {
      return List.copyOf(lastLines);
    }
  }

  /** Asks the child to end, and kills it when it has not within {@code grace}. */
  void stop(Duration grace) {
    // Through the handle, because Process.destroy closes the pipe that the last lines come through.
    process().toHandle().destroy();
    if (!awaitExit(grace)) {
      process().toHandle().destroyForcibly();
      awaitExit(grace);
    }
  }

  boolean awaitExit(Duration limit) {
    try {
      exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private Process process() {
    return started.join();
  }

  private void run(ProcessBuilder builder, Tether tether) {
    try {
      Process process = builder.start();
      started.complete(process);
      Runnable release = tether.watch(process.pid());
      read(process.inputReader());
      int status = process.waitFor();
      release.run();
      exit.complete(status);
    } catch (IOException e) {
      fail(new LaunchException("cannot start " + name + ": " + e.getMessage(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    }
  }

  private void fail(Exception e) {
    started.completeExceptionally(e);
    exit.completeExceptionally(e);
  }

  private void read(BufferedReader lines) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (lastLines) {
          if (lastLines.size() == KEPT_LINES) {
            lastLines.removeFirst();
          }
          lastLines.addLast(line);
        }
        output.accept(line);
      }
    } catch (IOException e) {
      // The pipe broke with the child; its exit status tells the rest.
    }
  }
}
