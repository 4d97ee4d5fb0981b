package dev.espalier.kg.evaluation;

import dev.espalier.kg.evaluation.crashes.CrashBenchmark;
import dev.espalier.measuring.command.Commands;
import java.util.Map;

/** The commands behind {@code ./espalier benchmark} that start a kg-reasoner of their own. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Commands(Map.of("benchmark kg-crashes", new CrashBenchmark())).run(arguments));
  }
}
