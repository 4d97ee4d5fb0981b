package dev.espalier.memory.evaluation.kernels;

import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import java.io.PrintStream;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** The command {@code benchmark kernels}. */
public final class KernelBenchmark implements Command {

  @Override
  public String usage() {
    return """
        benchmark kernels          the inner loops on their own, with JMH
          PATTERN...               benchmarks to run, by name (all)
          -f N -wi N -i N -p K=V   JMH's own options: forks (1), warm-up (3) and measured (5) iterations
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    out.println(Machine.facts());
    try {
      new Runner(new CommandLineOptions(arguments.toArray(new String[0]))).run();
    } catch (CommandLineOptionException | RunnerException e) {
      throw new CommandException(String.valueOf(e.getMessage()), e);
    }
  }
}
