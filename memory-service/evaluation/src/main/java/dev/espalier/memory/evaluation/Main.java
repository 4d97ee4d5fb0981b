package dev.espalier.memory.evaluation;

import dev.espalier.memory.evaluation.command.Command;
import dev.espalier.memory.evaluation.command.CommandException;
import dev.espalier.memory.evaluation.crashes.CrashBenchmark;
import dev.espalier.memory.evaluation.kernels.KernelBenchmark;
import dev.espalier.memory.evaluation.recall.ForgettingCommand;
import dev.espalier.memory.evaluation.recall.RecallCommand;
import dev.espalier.memory.evaluation.speed.MemoryBenchmark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    List<String> all = List.of(arguments);
    String name = String.join(" ", all.subList(0, Math.min(2, all.size())));
    @Nullable Command command = COMMANDS.get(name);
    if (command == null) {
      boolean isHelp = all.contains("--help") || all.contains("-h");
      COMMANDS.values().forEach(each -> System.out.println(each.usage()));
      System.exit(isHelp ? 0 : 2);
    } else if (all.contains("--help")) {
      System.out.println(command.usage());
    } else {
      System.exit(run(command, all.subList(2, all.size())));
    }
  }

  private static int run(Command command, List<String> options) {
    try {
      command.run(options, System.out);
      return 0;
    } catch (CommandException e) {
      System.err.println("espalier: " + e.getMessage());
      return 1;
    }
  }
}
