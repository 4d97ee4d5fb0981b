package dev.espalier.search.benchmark;

import dev.espalier.search.core.event.EventLog;
import dev.espalier.search.core.event.SearchEvent;
import dev.espalier.search.core.ledger.Limits;
import dev.espalier.search.core.run.MonotonicClock;
import dev.espalier.search.core.run.SearchRun;
import dev.espalier.search.core.run.SearchSettings;
import dev.espalier.search.core.run.SearchState;
import dev.espalier.search.core.spec.ProposerSpec;
import dev.espalier.search.core.spec.PruningMode;
import dev.espalier.search.core.spec.PruningSpec;
import dev.espalier.search.core.spec.ScorerSpec;
import dev.espalier.search.core.spec.SearchSpec;
import dev.espalier.search.core.spec.StrategySpec;
import dev.espalier.search.core.tree.SearchTree;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a search costs besides its models: processor time of a simulation, memory of a
 * node, time to resume, each in a tree of 10,000 nodes, and the bound on a 64 x 64 search.
 *
 * <p>Arguments: {@code --nodes N} and {@code --seed S}. Prints one line of text and one of JSON a
 * measurement.
 */
public final class Overhead {

  private static final int WARM_UP = 10;
  private static final int MEASURED = 10;
  private static final EventLog NOWHERE = (events, isUrgent) -> {};

  private Overhead() {}

  public static void main(String[] arguments) {
    int nodes = (int) argument(arguments, "--nodes", 10_000);
    long seed = argument(arguments, "--seed", 1);
    simulations(nodes, seed);
    memory(nodes, seed);
    resume(nodes, seed);
    largest(seed);
  }

  private static long argument(String[] arguments, String name, long otherwise) {
    for (int i = 0; i + 1 < arguments.length; i++) {
      if (arguments[i].equals(name)) {
        return Long.parseLong(arguments[i + 1]);
      }
    }
    return otherwise;
  }

  private static void simulations(int nodes, long seed) {
    List<Double> millis = new ArrayList<>();
    int simulations = 0;
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      long start = cpuNanos();
      SearchState state = search(oneLargeTree(nodes, seed), seed, NOWHERE, List.of());
      long nanos = cpuNanos() - start;
      simulations = state.tree().root().visits();
      if (i >= WARM_UP) {
        millis.add(nanos / 1e6 / simulations);
      }
    }
    millis.sort(null);
    print(
        "simulation_cpu_ms",
        "%d simulations, %d nodes: median %.4f ms, worst %.4f ms of CPU a simulation",
        "\"nodes\":%2$d,\"simulations\":%1$d,\"median\":%3$.4f,\"worst\":%4$.4f,\"seed\":" + seed,
        simulations,
        nodes,
        millis.get(MEASURED / 2),
        millis.get(MEASURED - 1));
  }

  private static void memory(int nodes, long seed) {
    long before = usedBytes();
    SearchState state = search(oneLargeTree(nodes, seed), seed, NOWHERE, List.of());
    long bytes = usedBytes() - before;
    long texts =
        state.tree().nodes().stream()
            .flatMap(node -> node.candidates().stream())
            .mapToLong(candidate -> candidate.text().length())
            .sum();
    print(
        "node_bytes",
        "%d nodes: %d bytes a node, of which %d are its text",
        "\"nodes\":%d,\"bytes\":%d,\"text\":%d",
        state.tree().size(),
        bytes / state.tree().size(),
        texts / state.tree().size());
  }

  private static void resume(int nodes, long seed) {
    List<SearchEvent> events = new ArrayList<>();
    SearchSpec spec = oneLargeTree(nodes, seed);
    search(spec, seed, (more, isUrgent) -> events.addAll(more), List.of());
    long start = cpuNanos();
    SearchTree tree = SearchState.replay(spec, events).tree();
    double millis = (cpuNanos() - start) / 1e6;
    print(
        "replay_cpu_ms",
        "%d events, %d nodes: %.1f ms of CPU to replay",
        "\"events\":%d,\"nodes\":%d,\"ms\":%.1f",
        events.size(),
        tree.size(),
        millis);
  }

  private static void largest(long seed) {
    long before = usedBytes();
    long start = cpuNanos();
    SearchSpec spec = spec(new StrategySpec.MonteCarlo(64, 64, 64, 1.25), unlimited(), seed);
    SearchState state = search(spec, seed, NOWHERE, List.of());
    double seconds = (cpuNanos() - start) / 1e9;
    long bytes = usedBytes() - before;
    print(
        "64x64",
        "64 simulations x 64 samples: %d nodes, stopped by %s, %.2f s of CPU, %.1f MB",
        "\"nodes\":%d,\"stopped_because\":\"%s\",\"cpu_s\":%.2f,\"mb\":%.1f",
        state.tree().size(),
        state.stoppedBecause().orElseThrow(),
        seconds,
        bytes / 1e6);
  }

  private static SearchState search(
      SearchSpec spec, long seed, EventLog log, List<SearchEvent> history) {
    return new SearchRun(
            spec,
            new InstantPorts(seed).ports(),
            log,
            history,
            SearchSettings.DEFAULT,
            new MonotonicClock(),
            Runnable::run,
            "benchmark",
            "benchmark",
            () -> false)
        .run();
  }

  private static SearchSpec oneLargeTree(int nodes, long seed) {
    Limits limits = new Limits(null, null, null, null, nodes, null);
    return spec(new StrategySpec.MonteCarlo(10 * nodes, 10, 50, 1.25), limits, seed);
  }

  private static SearchSpec spec(StrategySpec strategy, Limits limits, long seed) {
    return new SearchSpec(
        "benchmark",
        strategy,
        new ProposerSpec("chat", null, null, null, null),
        new ScorerSpec("prm", null),
        new PruningSpec(PruningMode.NONE, null, false),
        limits,
        seed);
  }

  private static Limits unlimited() {
    return new Limits(null, null, null, null, null, null);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void print(String name, String text, String json, Object... values) {
    System.out.printf(Locale.ROOT, name + ": " + text + "%n", values);
    System.out.printf(Locale.ROOT, "{\"measurement\":\"" + name + "\"," + json + "}%n", values);
  }
}
