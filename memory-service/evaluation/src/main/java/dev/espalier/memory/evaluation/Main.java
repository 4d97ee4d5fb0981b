package dev.espalier.memory.evaluation;

import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.Commands;
import dev.espalier.memory.evaluation.crashes.CrashBenchmark;
import dev.espalier.memory.evaluation.kernels.KernelBenchmark;
import dev.espalier.memory.evaluation.recall.ForgettingCommand;
import dev.espalier.memory.evaluation.recall.RecallCommand;
import dev.espalier.memory.evaluation.speed.MemoryBenchmark;
import java.util.LinkedHashMap;
import java.util.Map;

/** The commands behind {@code ./espalier evaluate} and {@code ./espalier benchmark}. */
public final class Main {

  private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("evaluate recall", new RecallCommand(System.getenv()));
    COMMANDS.put("evaluate forgetting", new ForgettingCommand(System.getenv()));
    COMMANDS.put("benchmark memory", new MemoryBenchmark(System.getenv()));
    COMMANDS.put("benchmark kernels", new KernelBenchmark());
    COMMANDS.put("benchmark crashes", new CrashBenchmark());
  }

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Commands(COMMANDS).run(arguments));
  }
}
