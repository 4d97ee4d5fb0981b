package dev.espalier.memory.evaluation.speed;

import dev.espalier.measuring.stats.Sample;
import dev.espalier.memory.evaluation.speed.PairedRounds.Round;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What an operation took through the gateway and directly: medians over rounds, with spreads. */
record Comparison(String operation, List<Round> rounds) {

  private static final String ROW = "%-16s%-10s%-22s%-22s%-22s%n";

  Comparison {
    rounds = List.copyOf(rounds);
  }

  static void printHeads(PrintStream out) {
    out.printf(ROW, "", "", "p50 ms", "p95 ms", "p99 ms");
  }

  void print(PrintStream out) {
    row(out, operation, "gateway", Round::gateway);
    row(out, "", "direct", Round::direct);
    out.printf(ROW, "", "added", spread(r -> r.gateway().median() - r.direct().median()), "", "");
  }

  private void row(PrintStream out, String label, String side, Function<Round, Sample> of) {
    out.printf(
        ROW,
        label,
        side,
        spread(round -> of.apply(round).median()),
        spread(round -> of.apply(round).percentile(95)),
        spread(round -> of.apply(round).percentile(99)));
  }

  private String spread(ToDoubleFunction<Round> value) {
    Sample values = Sample.of(rounds.stream().mapToDouble(value).toArray());
    return String.format(
        Locale.ROOT, "%.2f (%.2f-%.2f)", values.median(), values.min(), values.max());
  }
}
