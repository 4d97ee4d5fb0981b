package dev.espalier.search.evaluation.arms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.measuring.stats.Bootstrap;
import dev.espalier.measuring.stats.Bootstrap.Interval;
import dev.espalier.search.core.ledger.Cause;
import dev.espalier.search.core.ledger.Spending;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Prints a table of the arms and a JSON line for each. Ratios and differences are paired by
 * problem, with 95 % intervals of a bootstrap over the problems; several runs of a problem count as
 * their mean.
 */
public final class Report {

  private final Map<String, Object> settings;
  private final Map<String, List<Outcome>> arms = new LinkedHashMap<>();
  private final long seed;
  private final int runs;

  /**
   * @param settings what is repeated in every JSON line
   */
  public Report(Map<String, Object> settings, long seed) {
    this(settings, seed, 1);
  }

  /**
   * @param runs of every problem: all problems once, then all again, and so on
   */
  public Report(Map<String, Object> settings, long seed, int runs) {
    this.settings = new LinkedHashMap<>(settings);
    this.seed = seed;
    this.runs = runs;
  }

  public void add(Arm arm, List<Outcome> outcomes) {
    arms.put(arm.name(), outcomes);
  }

  /** The mean tokens of one arm. */
  public double tokens(Arm arm) {
    return mean(tokens(arms.getOrDefault(arm.name(), List.of())));
  }

  /** The share of problems that one arm solved, with the difference to another one in points. */
  public Interval gain(Arm arm, Arm other) {
    return difference(outcomes(arm.name()), outcomes(other.name()));
  }

  /** The ratio of one arm's tokens to another one's. */
  public Interval ratio(Arm arm, Arm other) {
    return ratio(outcomes(arm.name()), outcomes(other.name()));
  }

  public void print(PrintStream out) {
    out.printf(
        "%-27s %7s %9s %7s %7s  %-24s %-24s %s%n",
        "arm",
        "right",
        "tokens",
        "calls",
        "nodes",
        "tokens / none",
        "tokens / verbatim",
        "right - verbatim, points");
    arms.forEach(
        (name, outcomes) ->
            out.printf(
                Locale.ROOT,
                "%-27s %6.1f%% %9.0f %7.1f %7.1f  %-24s %-24s %s%n",
                name,
                100 * mean(right(outcomes)),
                mean(tokens(outcomes)),
                outcomes.stream().mapToLong(o -> o.ledger().total().calls()).average().orElse(0),
                outcomes.stream().mapToInt(Outcome::nodes).average().orElse(0),
                text(ratioTo(Arm.NONE, outcomes), 1),
                text(ratioTo(Arm.VERBATIM, outcomes), 1),
                text(differenceTo(Arm.VERBATIM, outcomes), 100)));
    arms.forEach((name, outcomes) -> out.println(json(name, outcomes)));
  }

  private String json(String name, List<Outcome> outcomes) {
    Map<String, Object> line = new LinkedHashMap<>(settings);
    line.put("arm", name);
    line.put("seed", seed);
    line.put("problems", outcomes.size() / runs);
    line.put("runs", runs);
    line.put("right", rounded(mean(right(outcomes))));
    line.put("tokens", rounded(mean(tokens(outcomes))));
    Map<String, Object> causes = new LinkedHashMap<>();
    for (Cause cause : Cause.values()) {
      Spending spent =
          outcomes.stream().map(o -> o.ledger().of(cause)).reduce(Spending.NONE, Spending::plus);
      if (spent.calls() > 0 || spent.usage().total() > 0) {
        causes.put(
            cause.name().toLowerCase(Locale.ROOT),
            Map.of(
                "calls", spent.calls(),
                "prompt_tokens", spent.usage().promptTokens(),
                "completion_tokens", spent.usage().completionTokens()));
      }
    }
    line.put("by_cause", causes);
    line.put("tokens_to_none", bounds(ratioTo(Arm.NONE, outcomes)));
    line.put("tokens_to_verbatim", bounds(ratioTo(Arm.VERBATIM, outcomes)));
    line.put("right_minus_none", bounds(differenceTo(Arm.NONE, outcomes)));
    line.put("right_minus_verbatim", bounds(differenceTo(Arm.VERBATIM, outcomes)));
    Map<String, Integer> reasons = new LinkedHashMap<>();
    outcomes.forEach(
        o -> reasons.merge(o.reason().name().toLowerCase(Locale.ROOT), 1, Integer::sum));
    line.put("stopped_because", reasons);
    try {
      return new ObjectMapper().writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is plain JSON", e);
    }
  }

  private List<Outcome> outcomes(String arm) {
    List<Outcome> outcomes = arms.get(arm);
    if (outcomes == null) {
      throw new IllegalArgumentException("no such arm: " + arm);
    }
    return outcomes;
  }

  private @Nullable Interval ratioTo(Arm other, List<Outcome> outcomes) {
    List<Outcome> base = arms.get(other.name());
    return base == null ? null : ratio(outcomes, base);
  }

  private @Nullable Interval differenceTo(Arm other, List<Outcome> outcomes) {
    List<Outcome> base = arms.get(other.name());
    return base == null ? null : difference(outcomes, base);
  }

  private Interval ratio(List<Outcome> outcomes, List<Outcome> base) {
    return Bootstrap.ratio(tokens(outcomes), tokens(base), seed);
  }

  private Interval difference(List<Outcome> outcomes, List<Outcome> base) {
    double[] differences = right(outcomes);
    double[] others = right(base);
    for (int i = 0; i < differences.length; i++) {
      differences[i] -= others[i];
    }
    return Bootstrap.mean(differences, seed);
  }

  private double[] tokens(List<Outcome> outcomes) {
    return byProblem(outcomes, Outcome::tokens);
  }

  private double[] right(List<Outcome> outcomes) {
    return byProblem(outcomes, o -> o.isRight() ? 1 : 0);
  }

  private double[] byProblem(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
    double[] means = new double[outcomes.size() / runs];
    for (int i = 0; i < outcomes.size(); i++) {
      means[i % means.length] += figure.applyAsDouble(outcomes.get(i)) / runs;
    }
    return means;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  private static String text(@Nullable Interval interval, double unit) {
    return interval == null
        ? "-"
        : String.format(
            Locale.ROOT,
            unit == 1 ? "%.3f [%.3f, %.3f]" : "%+.1f [%+.1f, %+.1f]",
            unit * interval.mean(),
            unit * interval.low(),
            unit * interval.high());
  }

  private static @Nullable List<Double> bounds(@Nullable Interval interval) {
    return interval == null
        ? null
        : List.of(rounded(interval.mean()), rounded(interval.low()), rounded(interval.high()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
