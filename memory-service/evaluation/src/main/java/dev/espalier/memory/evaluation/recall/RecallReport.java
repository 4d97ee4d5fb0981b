package dev.espalier.memory.evaluation.recall;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.measuring.stats.Bootstrap.Interval;
import dev.espalier.measuring.stats.Sample;
import dev.espalier.memory.evaluation.client.Mode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The tables of an evaluation. */
final class RecallReport {

  private final Scores scores;
  private final long seed;
  private final PrintStream out;

  RecallReport(Scores scores, long seed, PrintStream out) {
    this.scores = scores;
    this.seed = seed;
    this.out = out;
  }

  void print(Map<String, List<Double>> millis) {
    out.println("\nEvidence recall in %, with 95 % bootstrap intervals over whole conversations:");
    depths("");
    for (Mode mode : Mode.values()) {
      row(mode.wireName(), RecallEvaluation.DEPTHS, k -> RecallEvaluation.measure(mode, k), null);
    }
    row("ceiling", RecallEvaluation.DEPTHS, RecallEvaluation::ceiling, null);

    out.println();
    depths("hybrid by category");
    for (Category category : Category.values()) {
      int questions = scores.questions(category);
      if (questions > 0) {
        row(
            category.label() + " (" + questions + ")",
            RecallEvaluation.DEPTHS,
            k -> RecallEvaluation.measure(Mode.HYBRID, k),
            category);
      }
    }

    out.println();
    heads("evidence in a block", RecallEvaluation.BUDGETS, budget -> budget + " tokens");
    row("all", RecallEvaluation.BUDGETS, RecallEvaluation::block, null);
    row("long turns shortened", RecallEvaluation.BUDGETS, RecallEvaluation::filtered, null);

    out.println();
    heads("words of the answers", List.of(1, 2), level -> "level " + level);
    row("in the summaries", List.of(1, 2), RecallEvaluation::summary, null);

    out.printf(Locale.ROOT, "%n%-22s%10s%10s%10s%n", "latency in ms", "p50", "p95", "requests");
    millis.forEach(
        (request, values) -> {
          Sample sample = Sample.of(values);
          out.printf(
              Locale.ROOT,
              "%-22s%10.1f%10.1f%10d%n",
              request,
              sample.percentile(50),
              sample.percentile(95),
              sample.size());
        });
  }

  /** One line of JSON: every measure with its interval, in all and by category. */
  String json() {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("seed", seed);
    ObjectNode measures = line.putObject("measures");
    for (String measure : scores.measures()) {
      ObjectNode node = measures.putObject(measure);
      put(node.putObject("all"), scores.mean(measure, null, seed));
      for (Category category : Category.values()) {
        if (scores.questions(category) > 0) {
          put(node.putObject(category.label()), scores.mean(measure, category, seed));
        }
      }
    }
    return line.toString();
  }

  private static void put(ObjectNode node, Interval interval) {
    node.put("mean", interval.mean()).put("low", interval.low()).put("high", interval.high());
  }

  private void depths(String title) {
    heads(title, RecallEvaluation.DEPTHS, k -> "R@" + k);
  }

  private void heads(String title, List<Integer> columns, IntFunction<String> head) {
    out.printf("%-22s", title);
    columns.forEach(column -> out.printf("%-22s", head.apply(column)));
    out.println();
  }

  private void row(
      String label,
      List<Integer> columns,
      IntFunction<String> measure,
      @Nullable Category category) {
    out.printf("%-22s", label);
    for (int column : columns) {
      Interval mean = scores.mean(measure.apply(column), category, seed);
      String text =
          String.format(Locale.ROOT, "%.2f (%.1f-%.1f)", mean.mean(), mean.low(), mean.high());
      out.printf("%-22s", text);
    }
    out.println();
  }
}
