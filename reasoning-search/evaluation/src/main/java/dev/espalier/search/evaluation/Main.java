package dev.espalier.search.evaluation;

import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.Commands;
import dev.espalier.search.evaluation.crashes.CrashBenchmark;
import dev.espalier.search.evaluation.game24.Game24Benchmark;
import dev.espalier.search.evaluation.game24.ProposalFigures;
import dev.espalier.search.evaluation.gsm8k.Gsm8kBenchmark;
import dev.espalier.search.evaluation.live.LiveBenchmark;
import java.util.LinkedHashMap;
import java.util.Map;

/** The commands behind {@code ./espalier benchmark} that concern searches. */
public final class Main {

  private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("evaluate proposals", new ProposalFigures());
    COMMANDS.put("benchmark game24", new Game24Benchmark());
    COMMANDS.put("benchmark gsm8k", new Gsm8kBenchmark());
    COMMANDS.put("benchmark live", new LiveBenchmark());
    COMMANDS.put("benchmark search-crashes", new CrashBenchmark());
  }

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Commands(COMMANDS).run(arguments));
  }
}
