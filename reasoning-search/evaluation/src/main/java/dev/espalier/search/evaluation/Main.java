package dev.espalier.search.evaluation;

import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.Commands;
import dev.espalier.search.evaluation.game24.Game24Benchmark;
import java.util.LinkedHashMap;
import java.util.Map;

/** The commands behind {@code ./espalier benchmark} that concern searches. */
public final class Main {

  private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("benchmark game24", new Game24Benchmark());
  }

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Commands(COMMANDS).run(arguments));
  }
}
