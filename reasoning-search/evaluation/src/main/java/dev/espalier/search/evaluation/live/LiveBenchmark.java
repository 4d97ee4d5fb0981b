package dev.espalier.search.evaluation.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import dev.espalier.measuring.command.Pause;
import dev.espalier.measuring.stats.Bootstrap;
import dev.espalier.measuring.stats.Bootstrap.Interval;
import dev.espalier.search.core.answer.AnswerComparison;
import dev.espalier.search.evaluation.crashes.SearchApi;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What pruning saves with a model that the operator of a running stack has configured: every
 * problem is searched once in each arm, with the same seed, and the arms are compared problem by
 * problem.
 */
public final class LiveBenchmark implements Command {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ARMS = List.of("none", "verbatim", "equivalence", "everything");
  private static final Duration POLL = Duration.ofMillis(500);

  @Override
  public String usage() {
    return """
        benchmark live             the arms with a real model, through a running stack
          --problems FILE          a line each: {"problem": "...", "answer": "..."}
          --url URL                the gateway (http://127.0.0.1:8080); its key in ESPALIER_API_KEY
          --model NAME             an upstream that the stack is configured with
          --proposer TYPE          chat, completions or arithmetic (chat)
          --scorer TYPE            frequency, prm, chat or arithmetic_check (frequency)
          --strategy TYPE          mcts, beam or best_of_n (mcts)
          --arms LIST              of none, verbatim, equivalence, everything (all)
          --limit N                problems (all)
          --seed N                 of searches and intervals (1)
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments,
            Set.of(
                "--problems",
                "--url",
                "--model",
                "--proposer",
                "--scorer",
                "--strategy",
                "--arms",
                "--limit",
                "--seed"),
            Set.of());
    String key = System.getenv("ESPALIER_API_KEY");
    String file = options.text("--problems");
    if (key == null || file == null) {
      throw new CommandException("benchmark live needs --problems and ESPALIER_API_KEY");
    }
    long seed = options.number("--seed", 1);
    SearchApi api = SearchApi.gateway(options.text("--url", "http://127.0.0.1:8080"), key);
    List<JsonNode> problems = problems(Path.of(file), options.count("--limit", Integer.MAX_VALUE));
    out.println(Machine.facts());
    out.println("seed " + seed + ", " + problems.size() + " problems");
    Map<String, List<Ended>> arms = new LinkedHashMap<>();
    for (String arm : options.text("--arms", String.join(",", ARMS)).split(",")) {
      arms.put(arm, new ArrayList<>());
    }
    for (JsonNode problem : problems) {
      Map<String, String> started = new LinkedHashMap<>();
      arms.keySet().forEach(arm -> started.put(arm, api.start(body(options, problem, arm, seed))));
      String answer = problem.path("answer").asText();
      arms.forEach(
          (arm, ended) -> {
            String id = started.getOrDefault(arm, "");
            ended.add(Ended.of(await(api, id), answer));
          });
    }
    print(arms, seed, out);
  }

  private static String body(Options options, JsonNode problem, String arm, long seed) {
    ObjectNode body = JSON.createObjectNode();
    body.put("problem", problem.path("problem").asText()).put("seed", seed);
    body.putObject("strategy").put("type", options.text("--strategy", "mcts"));
    ObjectNode proposer =
        body.putObject("proposer").put("type", options.text("--proposer", "chat"));
    ObjectNode scorer = body.putObject("scorer").put("type", options.text("--scorer", "frequency"));
    String model = options.text("--model");
    if (model != null) {
      proposer.put("model", model);
      if (Set.of("chat", "prm").contains(scorer.path("type").asText())) {
        scorer.put("model", model);
      }
    }
    body.putObject("pruning").put("mode", arm);
    return body.toString();
  }

  private static JsonNode await(SearchApi api, String id) {
    JsonNode search = api.read(id);
    while (search.path("finished_at").isMissingNode()) {
      Pause.of(POLL);
      search = api.read(id);
    }
    return search;
  }

  private static List<JsonNode> problems(Path file, int limit) {
    List<JsonNode> problems = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && problems.size() < limit) {
          problems.add(JSON.readTree(line));
        }
      }
    } catch (JsonProcessingException e) {
      throw new CommandException(file + " has a line that is no JSON", e);
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    }
    if (problems.isEmpty()) {
      throw new CommandException(file + " has no problem");
    }
    return problems;
  }

  private static void print(Map<String, List<Ended>> arms, long seed, PrintStream out) {
    out.printf("%-12s %7s %10s %7s  %s%n", "arm", "right", "tokens", "calls", "tokens / first arm");
    double[] first = tokens(arms.values().iterator().next());
    arms.forEach(
        (arm, ended) -> {
          Interval ratio = Bootstrap.ratio(tokens(ended), first, seed);
          Interval right =
              Bootstrap.mean(
                  ended.stream().mapToDouble(one -> one.isRight() ? 100 : 0).toArray(), seed);
          double calls = ended.stream().mapToLong(Ended::calls).average().orElseThrow();
          double tokens = ended.stream().mapToLong(Ended::tokens).average().orElseThrow();
          out.printf(
              Locale.ROOT,
              "%-12s %6.1f%% %10.0f %7.1f  %.3f [%.3f, %.3f]%n",
              arm,
              right.mean(),
              tokens,
              calls,
              ratio.mean(),
              ratio.low(),
              ratio.high());
          ObjectNode line = JSON.createObjectNode().put("arm", arm).put("seed", seed);
          line.put("problems", ended.size()).put("tokens", tokens).put("calls", calls);
          line.putObject("right").put("mean", right.mean()).put("low", right.low());
          line.withObject("/right").put("high", right.high());
          line.putObject("token_ratio").put("mean", ratio.mean()).put("low", ratio.low());
          line.withObject("/token_ratio").put("high", ratio.high());
          ObjectNode causes = line.putObject("tokens_by_cause");
          ended.forEach(
              one -> one.byCause().forEach((c, n) -> causes.put(c, causes.path(c).asLong() + n)));
          out.println(line);
        });
  }

  private static double[] tokens(List<Ended> ended) {
    return ended.stream().mapToDouble(Ended::tokens).toArray();
  }

  /** A search that has ended. */
  private record Ended(boolean isRight, long tokens, long calls, Map<String, Long> byCause) {

    static Ended of(JsonNode search, String answer) {
      JsonNode total = search.path("ledger").path("total");
      Map<String, Long> causes = new LinkedHashMap<>();
      search
          .path("ledger")
          .path("by_cause")
          .properties()
          .forEach(cause -> causes.put(cause.getKey(), sum(cause.getValue())));
      String found = search.path("answer").asText();
      return new Ended(
          !found.isEmpty() && isSame(found, answer),
          sum(total),
          total.path("calls").asLong(),
          causes);
    }

    /** A proven expression states its value after the last equals sign. */
    private static boolean isSame(String found, String answer) {
      return AnswerComparison.same(found, answer)
          || AnswerComparison.same(found.substring(found.lastIndexOf('=') + 1), answer);
    }

    private static long sum(JsonNode entry) {
      return entry.path("prompt_tokens").asLong() + entry.path("completion_tokens").asLong();
    }
  }
}
