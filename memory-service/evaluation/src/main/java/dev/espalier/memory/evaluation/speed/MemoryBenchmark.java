package dev.espalier.memory.evaluation.speed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.measuring.command.Command;
import dev.espalier.measuring.command.Machine;
import dev.espalier.measuring.command.Options;
import dev.espalier.measuring.stats.Sample;
import dev.espalier.memory.evaluation.client.Endpoint;
import dev.espalier.memory.evaluation.client.LocalDatabase;
import dev.espalier.memory.evaluation.client.LocalKey;
import dev.espalier.memory.evaluation.client.MemoryApi;
import dev.espalier.memory.evaluation.client.MemoryHttp;
import dev.espalier.memory.evaluation.client.Mode;
import dev.espalier.memory.evaluation.client.NewTurn;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The command {@code benchmark memory}. */
public final class MemoryBenchmark implements Command {

  private static final int BATCH = 200;
  private static final int BLOCK_TOKENS = 2000;
  private static final int K = 10;
  private static final Duration TO_FORGET = Duration.ofMinutes(10);
  private static final long REALLY_EMBEDDED = 2000;
  private static final int PACED_SECONDS = 30;

  private final Map<String, String> environment;

  public MemoryBenchmark(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String usage() {
    return """
        benchmark memory           append, embedding, recall and context of a running stack
          --chunks N               turns of the synthetic conversation (10000)
          --invent-vectors PORT    embed 2,000 turns, and give the others invented vectors through
                                   the embedded database on this port; or through a JDBC address
                                   with user and password of a superuser
          --forget SHARE           measure again after so many turns were put to rest
          --questions N            requests of each kind, to each side, in each round (300)
          --append-rate N          then append so many turns a second for half a minute (50)
          --rounds N               measured rounds, after one to warm up (5)
          --url URL                the gateway (http://127.0.0.1:8080)
          --direct URL             memory-service itself (http://127.0.0.1:8083)
          --key KEY, --data-dir DIR   as for evaluate recall
          --seed N                 of the synthetic conversation (1)
        """;
  }

  @Override
  public void run(List<String> arguments, PrintStream out) {
    Options options =
        Options.parse(
            arguments,
            Set.of(
                "--chunks",
                "--invent-vectors",
                "--forget",
                "--questions",
                "--rounds",
                "--append-rate",
                "--url",
                "--direct",
                "--key",
                "--data-dir",
                "--seed"),
            Set.of());
    int chunks = options.count("--chunks", 10_000);
    int questions = options.count("--questions", 300);
    long seed = options.number("--seed", 1);
    String key = LocalKey.find(options.text("--key"), options.text("--data-dir"), environment);
    MemoryApi gateway =
        memory(Endpoint.gateway(options.text("--url", "http://127.0.0.1:8080"), key));
    Endpoint service = Endpoint.direct(options.text("--direct", "http://127.0.0.1:8083"));
    MemoryApi direct = memory(service);

    out.println(Machine.facts());
    out.printf("seed: %d, %,d chunks%n", seed, chunks);
    SyntheticConversation synthetic = SyntheticConversation.generate(seed, chunks, questions);
    String conversation = gateway.create("benchmark");
    String appended = gateway.create("benchmark of appends");
    try {
      fill(gateway, conversation, synthetic.turns(), database(options), out);
      int rounds = options.count("--rounds", 5);
      out.printf(
          "%nMedian of %d rounds of %d requests to each side, in turn (lowest-highest):%n",
          rounds, questions);
      Comparison.printHeads(out);
      var paired = new PairedRounds(gateway, direct, rounds, questions);
      measure(paired, synthetic, conversation, appended, out);
      pace(gateway, options.count("--append-rate", 50), appended, synthetic.turns(), out);
      forget(paired, synthetic, service, conversation, options.text("--forget"), out);
    } finally {
      gateway.delete(conversation);
      gateway.delete(appended);
    }
    out.printf(Locale.ROOT, "load at the end: %.2f%n", Machine.load());
  }

  private @Nullable String database(Options options) {
    String given = options.text("--invent-vectors");
    return given == null
        ? null
        : LocalDatabase.jdbc(given, options.text("--data-dir"), environment);
  }

  private static MemoryApi memory(Endpoint endpoint) {
    return new MemoryApi(new MemoryHttp(endpoint, Duration.ofSeconds(60)));
  }

  private static void fill(
      MemoryApi memory,
      String conversation,
      List<NewTurn> turns,
      @Nullable String database,
      PrintStream out) {
    long start = System.nanoTime();
    for (int from = 0; from < turns.size(); from += BATCH) {
      memory.append(conversation, turns.subList(from, Math.min(turns.size(), from + BATCH)));
    }
    double appended = (System.nanoTime() - start) / 1e9;
    if (database != null) {
      memory.awaitIndexed(conversation, REALLY_EMBEDDED);
      new SyntheticVectors(database).fill(UUID.fromString(conversation.replaceAll(".*/", "")));
      out.printf(
          Locale.ROOT,
          "vectors: at least %,d from the model, the others invented from those%n",
          REALLY_EMBEDDED);
    }
    memory.awaitIndexed(conversation);
    double embedded = (System.nanoTime() - start) / 1e9;
    out.printf(
        Locale.ROOT,
        "append in bulk, %d turns a request, while embedding: %.1f s, %.0f turns/s%n",
        BATCH,
        appended,
        turns.size() / appended);
    out.printf(
        Locale.ROOT,
        "embedding, from the first append on: %.1f s, %.0f turns/s%n",
        embedded,
        turns.size() / embedded);
  }

  private static void pace(
      MemoryApi memory, int rate, String conversation, List<NewTurn> turns, PrintStream out) {
    memory.awaitIndexed(conversation);
    Sample millis =
        new PacedAppends(memory, rate, rate * PACED_SECONDS).measure(conversation, turns);
    out.printf(
        Locale.ROOT,
        "%nappends at %d/s, from when each was due: p50 %.2f, p95 %.2f, p99 %.2f, most %.2f ms%n",
        rate,
        millis.median(),
        millis.percentile(95),
        millis.percentile(99),
        millis.max());
  }

  private static void forget(
      PairedRounds paired,
      SyntheticConversation synthetic,
      Endpoint service,
      String conversation,
      @Nullable String share,
      PrintStream out) {
    if (share == null) {
      return;
    }
    ObjectNode policy = JsonNodeFactory.instance.objectNode().put("strategy", "activation");
    policy.putObject("active").put("share", 1 - Double.parseDouble(share));
    var memory = new MemoryApi(new MemoryHttp(service.within(TO_FORGET), TO_FORGET));
    memory.putPolicy("benchmark", policy);
    long start = System.nanoTime();
    memory.forget(conversation, "benchmark");
    out.printf(
        Locale.ROOT,
        "%na share of %s put to rest in %.1f s; again:%n",
        share,
        (System.nanoTime() - start) / 1e9);
    Comparison.printHeads(out);
    recalls(paired, synthetic, conversation, out);
  }

  private static void recalls(
      PairedRounds paired, SyntheticConversation synthetic, String conversation, PrintStream out) {
    List<String> questions = synthetic.questions();
    for (Mode mode : Mode.values()) {
      paired
          .measure(
              "recall " + mode.wireName(),
              (memory, i) -> memory.recall(conversation, questions.get(i), K, mode).nanos())
          .print(out);
    }
  }

  /** Appends come last, because embedding what they add takes a core from what follows. */
  private static void measure(
      PairedRounds paired,
      SyntheticConversation synthetic,
      String conversation,
      String appended,
      PrintStream out) {
    recalls(paired, synthetic, conversation, out);
    List<String> questions = synthetic.questions();
    paired
        .measure(
            "context " + BLOCK_TOKENS,
            (memory, i) ->
                memory.context(conversation, questions.get(i), BLOCK_TOKENS, false).nanos())
        .print(out);
    List<NewTurn> turns = synthetic.turns();
    paired
        .measure(
            "append one",
            (memory, i) -> memory.append(appended, List.of(turns.get(i % turns.size()))))
        .print(out);
  }
}
