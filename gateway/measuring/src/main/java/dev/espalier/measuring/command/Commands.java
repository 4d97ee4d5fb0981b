package dev.espalier.measuring.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands of one program, each named by the first two words of the command line. */
public final class Commands {

  private final Map<String, Command> commands;

  public Commands(Map<String, Command> commands) {
    this.commands = new LinkedHashMap<>(commands);
  }

  /** Runs the command that the arguments name, and returns the status of the process. */
  public int run(String[] arguments) {
    List<String> all = List.of(arguments);
    String name = String.join(" ", all.subList(0, Math.min(2, all.size())));
    @Nullable Command command = commands.get(name);
    if (command == null) {
      commands.values().forEach(each -> System.out.println(each.usage()));
      return all.contains("--help") || all.contains("-h") ? 0 : 2;
    }
    if (all.contains("--help")) {
      System.out.println(command.usage());
      return 0;
    }
    try {
      command.run(all.subList(2, all.size()), System.out);
      return 0;
    } catch (CommandException e) {
      System.err.println("espalier: " + e.getMessage());
      return 1;
    }
  }
}
