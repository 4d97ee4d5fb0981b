package dev.espalier.kg.evaluation.crashes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.kg.core.generate.KinshipGenerator;
import dev.espalier.kg.core.graph.NamedTriple;
import dev.espalier.measuring.command.CommandException;
import dev.espalier.measuring.command.Pause;
import dev.espalier.measuring.process.ServiceProcess;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Trains twice with the same seed: undisturbed, and while the service is killed. The parameters
 * have to be the same bytes.
 */
final class Rehearsal {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final String TRAINING =
      """
      {"seed": %d, "budget_seconds": 3600,
       "config": {"epochs": %d, "patience": %d, "queries_per_epoch": %d, "validation_queries": 100,
                  "dimension": 16, "layers": 3, "keep": 60}}
      """;

  /**
   * @param people in the generated graph
   * @param epochs of each training
   * @param queries of each epoch
   */
  record Plan(int kills, int people, int epochs, int queries, long seed) {}

  private final Plan plan;
  private final ServiceProcess service;
  private final KgApi api;
  private final PrintStream out;
  private int kills;
  private int steppedBack;

  Rehearsal(Plan plan, ServiceProcess service, PrintStream out) {
    this.plan = plan;
    this.service = service;
    this.api = new KgApi(service.url());
    this.out = out;
  }

  /** Whether nothing was lost but the epoch under way, and the models are the same. */
  boolean run() {
    String graph = api.createGraph("kinship");
    List<NamedTriple> triples = new KinshipGenerator(plan.people(), 4, plan.seed()).triples();
    int held = triples.size() / 20;
    api.upload(graph, "valid", lines(triples.subList(0, held)));
    api.upload(graph, "train", lines(triples.subList(held, triples.size())));

    long start = System.nanoTime();
    String undisturbed = start(graph);
    awaitEnd(undisturbed);
    double alone = seconds(start);

    start = System.nanoTime();
    String disturbed = start(graph);
    Random random = new Random(plan.seed());
    while (kills < plan.kills() && !isOver(api.job(disturbed))) {
      kill(disturbed, random, alone / plan.epochs());
    }
    awaitEnd(disturbed);
    double killed = seconds(start);

    boolean same = Arrays.equals(parameters(undisturbed), parameters(disturbed));
    out.printf(
        Locale.ROOT,
        "triples: %d; epochs: %d; undisturbed %.1f s, with %d kills %.1f s%n",
        triples.size(),
        plan.epochs(),
        alone,
        kills,
        killed);
    out.printf("kills after which a finished epoch was gone: %d%n", steppedBack);
    out.printf("parameters are the same bytes: %s%n", same ? "yes" : "no");
    out.printf(
        Locale.ROOT,
        "{\"benchmark\": \"kg-crashes\", \"kills\": %d, \"epochs\": %d, \"stepped_back\": %d,"
            + " \"same_parameters\": %b, \"undisturbed_s\": %.1f, \"killed_s\": %.1f}%n",
        kills,
        plan.epochs(),
        steppedBack,
        same,
        alone,
        killed);
    return same && steppedBack == 0 && kills == plan.kills();
  }

  private String start(String graph) {
    return api.train(
        graph, TRAINING.formatted(plan.seed(), plan.epochs(), plan.epochs(), plan.queries()));
  }

  /** Waits for the next epoch to end, and kills at a random moment of the one after. */
  private void kill(String job, Random random, double epochSeconds) {
    int before = api.epoch(job);
    long start = System.nanoTime();
    while (api.epoch(job) == before && !isOver(api.job(job))) {
      limit(start);
      Pause.of(LOOK);
    }
    Pause.of(Duration.ofMillis((long) (1000 * epochSeconds * random.nextDouble())));
    JsonNode last = api.job(job);
    if (isOver(last)) {
      return;
    }
    int finished = last.path("progress").path("epoch").asInt();
    service.kill();
    kills++;
    long killed = System.nanoTime();
    service.start();
    double ready = seconds(killed);
    int kept = api.epoch(job);
    steppedBack += kept < finished ? 1 : 0;
    while (api.epoch(job) == kept && !isOver(api.job(job))) {
      limit(killed);
      Pause.of(LOOK);
    }
    out.printf(
        Locale.ROOT,
        "kill %d: after epoch %d of %d; ready again after %.1f s with epoch %d, epoch %d finished"
            + " after %.1f s%n",
        kills,
        finished,
        plan.epochs(),
        ready,
        kept,
        api.epoch(job),
        seconds(killed));
  }

  private void awaitEnd(String job) {
    long start = System.nanoTime();
    JsonNode last = api.job(job);
    while (!isOver(last)) {
      limit(start);
      Pause.of(LOOK);
      last = api.job(job);
    }
    if (!last.path("status").asText().equals("succeeded")) {
      throw new CommandException("a training did not succeed: " + last);
    }
  }

  private static boolean isOver(JsonNode job) {
    String status = job.path("status").asText();
    return !status.equals("queued") && !status.equals("running");
  }

  /** The tensors of the job's model: what follows the header, whose length comes first. */
  private byte[] parameters(String job) {
    byte[] file = api.artefact(api.job(job).path("model").asText());
    long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Arrays.copyOfRange(file, Math.toIntExact(Long.BYTES + header), file.length);
  }

  private static String lines(List<NamedTriple> triples) {
    return triples.stream()
        .map(t -> t.head() + "\t" + t.relation() + "\t" + t.tail() + "\n")
        .collect(Collectors.joining());
  }

  private static void limit(long start) {
    if (System.nanoTime() - start > LIMIT.toNanos()) {
      throw new CommandException("nothing went on for " + LIMIT.toMinutes() + " minutes");
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
