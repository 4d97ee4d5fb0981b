package dev.espalier.measuring.command;

import java.io.PrintStream;
import java.util.List;

/** A command of the terminal. */
public interface Command {

  /** What follows {@code ./espalier}, and what each option means. */
  String usage();

  /**
   * Measures and reports.
   *
   * @throws CommandException if it cannot, or if what it measured is not good enough
   */
  void run(List<String> arguments, PrintStream out);
}
